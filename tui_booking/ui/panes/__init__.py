"""What fills the screen beside the rail: tables with their detail, the dashboard, the board, the import."""
