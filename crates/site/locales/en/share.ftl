preview-phone = As on a phone
preview-desktop = As on a wide screen
share-title = Links for somebody without an account
share-why = Whoever has the link reads the draft as it was last saved, until the link ends: at its time, when you end it, or when the article is published. Give each person one of their own, and say for whom it is.
share-words = For whom
share-until = Ends after
share-days = {$n ->
    [one] one day
   *[other] {$count} days
}
share-button = Make a link
share-made = This is the link, shown only now.
share-link = Link
share-open = Links that can be used
share-end = End now
share-cover = A text that is not published
share-cover-why = {$it} lets you read an article before it is published. It may still change, and may not appear at all. Please don’t pass it on.
share-ends = The link ends on {$it}.
share-read = Read the text
share-unready = There is nothing to be read at the moment: somebody is working on the text. Try again later.
share-published = The article is published:
share-banner = Not published. {$it} lets you read this text before; it may still change. Please don’t pass it on.
deed-share = made a link for reading
deed-unshare = ended a link for reading
why-preview = Say for whom the link is, in at most 80 characters. A draft has at most 20 links at once: end one that is not needed.
