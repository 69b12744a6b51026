"""What each kind of page holds, as content: no markup here."""
