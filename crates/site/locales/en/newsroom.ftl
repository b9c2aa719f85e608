# The newsroom's screens: for editors, not for readers.
room-name = Newsroom
room-desk = Drafts
room-articles = Published
room-people = People
room-trail = Trail
room-me = You
room-sign-in = Sign in
room-sign-out = Sign out
room-join = Join
room-codes = Your one-time codes
room-trouble = This did not work
room-conflict = Two texts at once
room-preview = Preview
room-versions = Versions
room-publish = Publish
room-asks = What the desk asks
field-name = Name
field-passphrase = Passphrase
field-again = The same once more
field-current = Present passphrase, or a one-time code
field-next = New passphrase
field-lang = Language of these screens
field-text = Text
field-role = Role
field-class = What kind of change it is
field-note = What readers are told about it
field-asked-by = Who asked for it, if that may be said
hint-code = If you have lost your passphrase, type one of your one-time codes here.
hint-name = Colleagues see it, and you sign in with it.
hint-passphrase = At least {$it} characters; a few words that belong together for nobody but you are best. Every sign counts, spaces too.
hint-text = The part between the lines of three hyphens has headline, sources and the rest; below it stands the text. Cite a source with [@its-id].
hint-note = One sentence: what was wrong or new, and what it says now. It stands at the top of the article and in the list of corrections.
join-title = Join the newsroom of {$it}
join-role = Your role will be: {$it}.
join-button = Join
codes-why = Each of them lets you in once when you can’t use your passphrase. Write them down now: nobody can show them to you again, not even an administrator.
codes-kept = I have written them down
desk-begin = New draft: {$it}
desk-empty = Nothing is being written. Begin a draft, or correct what is published.
state-draft = Being written
state-review = To be reviewed
state-ready = Ready to publish
state-published = Published
state-dropped = Put away
draft-untitled = Without a headline
draft-follows = corrects what is published
draft-save = Save
draft-next = What next
draft-parts = The screens of this draft
draft-submit = Send to review
draft-return = Back to writing
draft-approve = Approve this text
draft-drop = Put away
draft-saved-first = These buttons mean the text as it was last saved: save first.
did-saved = Saved. No reader sees it yet.
did-submit = Sent to review.
did-return = Back to writing.
did-approve = Approved. Whoever changes the text now sends it to review again.
did-sealed = Sealed and published. Any change from now on can be detected by anyone who checks.
open-problems = To mend before publishing
open-line = Line {$it}:
open-asked = Open questions
open-none = The desk asks nothing. That does not mean that nothing is wrong.
open-answered = {$n ->
    [one] One question is answered.
   *[other] {$count} questions are answered.
}
open-marks = {$n ->
    [one] One place is marked TK, to come.
   *[other] {$count} places are marked TK, to come.
}
open-suggestions = {$n ->
    [one] One suggestion is open.
   *[other] {$count} suggestions are open.
}
hint-suggestions = Accept or reject each; until then the draft can’t be published.
hint-suggestions-plain = This form has the text in which no suggestion is accepted. Saving it drops the open ones; the version before it keeps them.
open-claims = {$n ->
    [one] A source stands behind one statement.
   *[other] Sources stand behind {$count} statements.
}
publish-open = What is open
publish-sealed = It is sealed in the record and shown to readers at once. It can be corrected later, and readers will see both.
publish-button = Seal and publish
preview-note = This is how readers would see the text as it was last saved.
preview-back = Back to the draft
versions-why = Every text that was ever saved, by days. Give the ones that matter a name, compare any two, or bring one back.
version-number = Version {$it}
conflict-why = While you were writing, somebody else saved this draft. Nothing is lost: here are both texts. Choose one, or bring over what is missing and save yours.
conflict-theirs = Saved by {$it}
conflict-mine = Yours
conflict-mine-hint = Not saved yet
conflict-keep-theirs = Keep theirs
conflict-save-mine = Save mine as the next version
lost-text = This is the text that you sent. It was not saved: copy it before you leave this page.
articles-why = The newest articles as readers see them. A correction begins as a draft and is published like one, with what kind of change it is.
article-correct = Correct
article-revision = Revision {$it}
person-since = here since {$it}
person-suspended = suspended
person-suspend = Let sign in no more
person-restore = Let sign in again
invite-title = Invite somebody
invite-why = You get a link. Give it to one person yourself, best face to face or by a messenger that encrypts: whoever follows it first joins.
invite-button = Make a link
invite-made = This is the link, shown only now. It works once, within seven days.
invite-link = Link
invite-open = Links not used yet
invite-until = until {$it}
invite-withdraw = Take back
roles-title = Roles
role-reporter = Reporter
role-editor = Editor
role-publisher = Publisher
role-administrator = Administrator
role-reporter-may = Writes, and sends to review.
role-editor-may = Works on everybody’s drafts and approves them.
role-publisher-may = Publishes and corrects, too.
role-administrator-may = Decides who is here, too.
role-button = Change the role
role-hint = They are signed out everywhere, and sign in again with the new role.
devices-title = Where signed in
device-here = this one
device-since = since {$it}
device-seen = last used {$it}
device-revoke = Sign out there
me-passphrase = Change the passphrase
me-passphrase-hint = You stay signed in here and are signed out everywhere else. You get new one-time codes, and the old ones are void.
me-codes = {$n ->
    [0] You have no one-time codes left: change the passphrase to get new ones.
    [one] You have one one-time code left.
   *[other] You have {$count} one-time codes left.
}
trail-why = Who did what, the newest first.
deed-setup = made the setup link
deed-invite = made an invitation
deed-withdraw = took an invitation back
deed-join = joined
deed-sign-in = signed in
deed-sign-in-failed = failed to sign in
deed-sign-out = signed out
deed-code = used a one-time code
deed-passphrase = changed the passphrase
deed-revoke = ended a session of
deed-change-role = changed the role of
deed-suspend = suspended
deed-restore = let back in
deed-draft = began
deed-correct = began a correction of
deed-save = saved
deed-submit = sent to review
deed-return = gave back
deed-approve = approved
deed-drop = put away
deed-publish = published
why-again = The two passphrases are not the same.
why-missing = There is nothing here, or nothing that you may see.
why-form = The form could not be read. Go back and send it once more.
why-cross = The form did not come from this newsroom, or you have signed in anew since. Go back, load the page again, and send it once more.
why-nobody = You are not signed in any more.
why-broken = The newsroom can’t do this at the moment; what was saved before is safe. Try again, and tell whoever runs the server if it stays so.
why-role = Your role does not allow this.
why-four-eyes = Somebody who did not write it has to approve it first.
why-unknown = That was not right. Look at name and passphrase and try again.
why-wait = {$n ->
    [one] Too many attempts. Wait a second, then try again.
   *[other] Too many attempts. Wait {$count} seconds, then try again.
}
why-busy = Too much of this is going on at this moment. Try again in a few seconds.
why-full = The server has no room left, so nothing was kept. Tell the administrator; your text is as it was.
why-link = This link was used already, has ended, or never was one. Ask for a new one.
why-taken = Somebody here has that name. Choose another.
why-name = Write a name of letters, at most 60 of them.
why-short = The passphrase is too short.
why-long = The passphrase is too long.
why-simple = That passphrase is guessed too easily. Choose another.
why-moved = It was changed meanwhile, by you in another window or by somebody else. Open it again and look.
why-text = It can’t be published as it is:
why-class = Say what kind of change it is.
why-slug = A published article keeps its address: leave `slug` as it was.

# Sources
room-sources = Sources
draft-sources = Sources
library-why = Whom and what our texts rest on. What was fetched is kept here as it was, with its hash and the time.
library-search = Search
library-empty = No source is here that fits.
library-none = This draft has no source yet.
library-cited-as = The text can cite:
field-search = Words
field-url = Address of the page or document
field-url-any = Address
field-kind = What kind of source it is
field-source-title = What it is
field-source-title-own = What it is (left empty: as the page calls itself)
field-public-title = What readers are told, such as “somebody who works there”
field-speaks = The party that it speaks for, if any
field-issued = Date
field-reason = Why no name is given; readers are told
field-details = Who it is and how you know; nobody outside is told
source-kind-statement = Statement
source-kind-document = Document
source-kind-interview = Interview
source-kind-data = Data
source-kind-observation = Observation
source-kind-other-outlet = Other outlet
source-kind-unnamed-person = Unnamed person
source-fetch = From an address
source-fetch-why = We fetch it now and keep what we see, with time and hash. Readers can have the copy once the article is published. That it is what others see, or true, it does not show.
source-fetch-button = Fetch and add
source-describe = An interview, a document, an observation
source-describe-why = What you describe stands in the article for readers.
source-describe-button = Add
source-confide = A confidential source
source-confide-why = Readers see the description, the reason and a salted commitment, by which you can show later who it was. Name and details stay in this newsroom: you, editors, and whoever runs the server can read them. Don’t write here what must not be written down.
source-confide-button = Add in confidence
source-reuse = From the library
source-reuse-button = Add to this draft
source-added = Added. Cite it with [@{$it}].
source-busy = Two addresses are being fetched at this moment. Try again in half a minute.
source-archived = archived
source-confidential = confidential
source-silent = No answer since {$it}.
source-stands-in = The archived copy below stands in.
source-at = Added
source-checked = Last asked
source-details = Who it is (stays in the newsroom)
source-commitment = Commitment in the article
source-hash = SHA-256 of the archive
source-save-copy = Save the archive (WARC)
source-ask = Ask the address again
source-uses = Where it is used
source-unused = In no draft that you may read.
source-copy = The archived copy
source-copy-why = Its words alone: nothing of the page runs here and nothing is fetched.
source-copy-none = It is no text ({$it}). Save the archive to look at it.
deed-source = added a source
deed-ask = asked a source’s address
reply-title = Asked for a reply
reply-why = It stands in the article, beside the party’s name.
reply-button = Note it
reply-noted = Noted in the draft.
field-party = Who was asked, as the article names them
field-asked = On which day
field-outcome = What came of it
outcome-no-answer = No answer yet
outcome-declined = They would not comment
outcome-answered = They answered, and the text has it

# What stands beside the editor.
draft-about = About the article
hint-about = Byline, dateline, sections, topics, parties and sources, one line each as in the article file. A source that stands here can be cited in the text.
about-save = Save what is about the article
about-theirs = Saved by somebody else meanwhile
why-document-long = That is longer than 8 MiB: divide the article into several.

# Pictures
room-pictures = Pictures
pictures-none = The text shows no picture yet.
picture-add = Add a picture
picture-add-why = JPEG, PNG, WebP or GIF, at most 25 MiB. What is kept is made anew from its pixels: where it was taken, by whom and with what goes. Readers get it in several sizes, and each becomes part of the sealed revision.
field-picture = Picture
field-alt = What it shows
hint-alt = For readers who do not see it, and for search. Say what matters for the article.
field-caption = Caption
hint-caption = Where and when it was taken, as far as readers should know.
field-credit = Who made it
hint-credit = The name that readers see below the picture, and that search engines are told.
picture-add-button = Add to the end of the text
picture-added = The picture stands at the end of the text. Move its line to where it belongs.

# Beside the text
asks-before = These are about the text as it was when this page was opened.
asks-again = Ask about the text as it is now
