"""What a person takes away: figures, the numbers behind them, reports and films. Knows no torch."""
