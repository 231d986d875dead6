"""The verdict of every series: rows of the table `verdict`.

`rows` puts them together, `months` and `years` say what the figures of each grain add up to, `found` is what they give.
"""
