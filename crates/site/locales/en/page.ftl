# What stands on every page, and on an article's.
skip = Skip to the text
menu = Sections
foot = About this edition
search = Search
pages = More pages
newer = Newer
older = Older
foot-record = { $n ->
    [one] The public record holds {$count} entry.
   *[other] The public record holds {$count} entries.
}
foot-promise = Any change after sealing can be detected by anyone who checks.
foot-quiet = No cookies, no trackers, no script.
corrections = Corrections
sources = Sources
balance = Balance
desk = The desk’s rules
stories = Stories
story = Story
topics = Topics
topic = Topic
section = Section
archive = Archive
policies = Policies
feeds = Feeds
about = About
record = The public record
articles = { $n ->
    [one] {$count} article
   *[other] {$count} articles
}
articles-word = Articles
sources-cited = { $n ->
    [one] {$count} source
   *[other] {$count} sources
}
parties-heard = { $n ->
    [one] {$heard} of {$all} party heard
   *[other] {$heard} of {$all} parties heard
}
stands-corrected = corrected
stands-updated = updated
stands-retracted = retracted
withdrawn-headline = Withdrawn article
class-publication = First published
class-typo = Typing error
class-clarification = Clarification
class-correction = Correction
class-update = Update
class-retraction = Retraction
asked-by = Asked for by
seal = The seal
sealed-entry = Sealed in the public record, entry {$it}
entry-n = Entry {$it}
revision-n = Revision {$it}
superseded = You are reading revision {$it}, which has been superseded.
superseded-see = Read the latest, revision {$it}
translations = In other languages
changes = What changed
compare = Compare
compare-revisions = Compare revisions
removed = Removed:
ground-court-order = by order of a court.
ground-privacy = to protect someone’s privacy.
ground-safety = to protect someone’s safety.
ground-copyright = because others hold the rights.
ground-error = because it was published in error.
desk-asks = What these questions are, and how often they were right
mistake = Found a mistake?
mistake-mail = Tell the corrections desk
mail-subject = Mistake in
so-far = The story so far
check = Check it yourself
check-how = The text above is kept as a sealed document, and the record holds its commitment. Our verifier fetches both and compares them with this page; the documents below let any other tool do the same.
check-document = Sealed document
check-proof = Proof
check-file = As Markdown
check-record = How the record works
committed = Confidential sources
committed-why = Who they are stays with the newsroom. What stands here was sealed with the article and commits to one person each: a newsroom that opens it later, to a court or an editor, can show that it meant this very person all along, with `ovn verify FILE --commitment`.
