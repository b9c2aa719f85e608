# Front page, lists, search and the pages for what isn't there.
front-second = Also leading
front-more = More news
front-end = That is all for now.
front-archive = The archive, day by day
front-empty = Nothing is published yet.
front-empty-advice = The first article will stand here within a second of being sealed.
front-aside = How this edition stands
front-stands = How this edition stands
front-uncounted = There is nothing to count yet.
front-balance = The whole count
front-stories = Stories we follow
front-topics = All topics
corrections-all = All corrections
corrections-none = No article has been corrected so far.
corrections-intro = Every correction, clarification and retraction this edition has made, newest first. Each is an entry of the public record and can be compared with what stood there before.
corrections-follow = Follow corrections as a [feed](/feeds). Found a mistake that is not here? [The corrections policy](/policies) says how to tell us.
of-whole = {$part} of {$whole}
balance-heard = Parties named that were heard
balance-sourced = Articles that cite a source
balance-single = Articles that rest on one source
balance-corrected = Articles corrected since they appeared
balance-intro = What can be counted from the sealed articles as they stand. There is no score here and no label: only how often, so that you can judge.
balance-parties = Parties: named and heard
party = Party
balance-named = Articles that name it
balance-heard-in = Articles in which it is heard
balance-how = How this is counted
balance-method = Counted are the articles that were first published in the window, as they stand at its end. A party is a person or body with a stake in a story; it is **heard** if the article credits it with words or cites a source that speaks for it. Voices, words and findings are those of the report that [the desk](/desk) made of each article and that was sealed with it; articles sealed without a report are left out of what follows from it. Withdrawn articles and policies are not counted. Articles of one newsroom are no random sample: an interval says how far chance alone could carry a share of so few.
balance-again = Every number follows from [the public record](/record) alone. `ovn balance` counts them again from anybody's copy and compares.
balance-until = Counted over the windows that end with the record’s last entry, {$it}.
balance-days = { $n ->
    [one] {$count} day
   *[other] {$count} days
}
balance-shares = What articles rest on
balance-what = Share
balance-reported = Articles sealed with the desk’s report
balance-single-voice = Articles with voices in which one voice speaks alone
balance-unnamed = Articles with voices in which somebody without a name speaks
balance-unnamed-words = Credited words that belong to somebody without a name
balance-official = Articles with voices in which only officials speak
balance-answered = Findings that the newsroom answered
balance-none = none to count
balance-interval = {$from} to {$to} percent
balance-interval-is = The second line is Wilson’s 95 percent interval of the share, given where articles are counted.
balance-asked-in = Articles that say it was asked
balance-words = Words credited to it
balance-findings = What the desk found, and what was answered
balance-bar-parties = The bar: articles in which it is heard, dark, of those that name it.
balance-bar-findings = The bar: kept, called wrong, and without an answer, in this order.
balance-rule = The desk’s question
balance-found = Findings
balance-kept = Kept, with a reason
balance-wrong = Called wrong, with a reason
balance-open = No answer
balance-corrections = Corrections, and how long they took
balance-middle = Half of them took {$it} or less, counted from the revision that was wrong to the correction’s seal.
balance-article = Article
balance-class = Class
balance-took = Took
balance-tick-minute = a minute
balance-tick-hour = an hour
balance-tick-day = a day
balance-tick-month = a month
balance-tick-year = a year
balance-json = The numbers as JSON
balance-csv = The rows behind them, one an article, as CSV
minutes = { $n ->
    [one] {$count} minute
   *[other] {$count} minutes
}
hours = { $n ->
    [one] {$count} hour
   *[other] {$count} hours
}
days = { $n ->
    [one] {$count} day
   *[other] {$count} days
}
list-empty = Nothing here yet.
topics-intro = People, places, organisations and subjects that the articles are about.
topics-none = No article names a topic yet.
stories-intro = Matters that we follow over more than one article, each with its timeline.
stories-none = No story has been begun yet.
timeline = Timeline
months = Months
sources-intro = What the articles rest on. Each source is listed with the articles that cite it and, where it was archived, with the copy as it was fetched.
sources-none = No article cites a source yet.
source-statement = Statement
source-document = Document
source-interview = Interview
source-data = Data
source-observation = Own observation
source-other-outlet = Other outlet
source-unnamed-person = Unnamed person
speaks-for = Speaks for
archived-copy = Archived copy
not-archived = No archived copy
policies-intro = The rules we work by. Each is sealed in the public record like an article, so that a rule that changes shows its change.
policies-none = No policy has been published yet.
search-label = Words to find
search-go = Search
search-hint = Finds articles in every language of the edition that hold all the words, however they are spelt on your keyboard. Words between quotation marks have to stand together, in that order. Nothing of what you type is kept.
search-found = { $n ->
    [one] {$count} article found
   *[other] {$count} articles found
}
search-none = Nothing found for
search-advice-fewer = Try fewer words: an article must hold all of them.
search-advice-spelling = Try another spelling, or the name in the other language.
search-advice-topics = Look through [the topics](/topic), [the stories](/story) or [the archive](/archive).
missing = There is no page here
missing-advice = The address may be mistyped or cut off. Published articles keep their addresses for good, and a withdrawn one says so; so this page was probably never here. Search for it, or take one of the latest.
recent = The latest
gone = This article was withdrawn
gone-means = Its text is no longer shown. That it was published, and that it was removed and why, stays in the public record.
gone-published = First published
gone-remains = The record keeps the commitments of what was removed, from which the words cannot be read or guessed, and everything that was not removed still checks.
unavailable = Not just now
unavailable-advice = This page cannot be made at the moment. Nothing is lost: please try again in a few seconds.
compare-title = Compare revisions
compare-inline = In one text
compare-sides = Side by side
compare-removed = removed
compare-added = added
compare-same = The two revisions have the same words.
block-headline = Headline
block-standfirst = Standfirst
block-byline = Byline
block-dateline = Dateline
block-sections = Sections
block-topics = Topics
block-parties = Parties
block-replies = Replies
block-story = Story
block-event = Event
block-source = Source
block-paragraph = Paragraph
block-heading = Heading
block-list = List
block-quote = Quotation
block-code = Code
block-rule = Rule
block-table = Table
block-image = Image
block-language = Language
block-address = Address
block-other = Other
