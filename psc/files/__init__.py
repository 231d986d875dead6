"""Reading the files under data/ safely: regular files of bounded size and form, every fault named by file."""
