room-comments = Comments
field-comment = Comment
hint-comment = Only the newsroom reads it, and nothing of it is published. @ and somebody’s whole name puts it before them.
field-quote = About these words of the text
hint-quote = As they stand in the text, within one paragraph. Empty: about the draft as a whole.
field-answer = Answer
comment-say = Comment
comment-answer = Answer
comment-resolve = Resolve
comment-reopen = Open again
comment-gone = These words are not in the text any more.
comment-resolved-by = Resolved by {$it}
comments-open = Open
comments-none = No comment is open.
comments-resolved = Resolved
comments-for-me = Comments for you
comment-read = I have read it
open-comments = {$n ->
    [one] One comment is open.
   *[other] {$count} comments are open.
}
deed-comment = commented on a draft
deed-resolve = resolved a comment
deed-reopen = opened a comment again
why-comment = A comment has 1 to 4,000 characters, and answers one that is there; a draft has at most 2,000. What you typed is still here.
why-quote = These words don’t stand in one paragraph of the text. Copy them from the text, or leave the field empty.
