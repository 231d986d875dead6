"""Statistical process control: XmR, Shewhart, rare-event and run charts, and the rules that judge them."""
