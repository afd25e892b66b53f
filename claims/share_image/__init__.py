"""The picture that stands for a page where its address is shared: the claim, who said it, and what
it is rated, by word and shape."""
