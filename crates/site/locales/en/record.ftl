# The public record and its pages.
record-intro = A public, append-only log of everything this edition publishes: each article, each correction, each removal, each policy, each key.
record-is = When an article is published, its text is sealed: a short commitment to every word of it becomes an entry here, and the edition signs a checkpoint over all entries. **Any change after sealing can be detected by anyone who checks**, with our tools or with others.
record-not = The record shows what was published, when, and what changed since. It does not show that what was published is true; for that, see each article’s sources.
record-caught = [Watch a silent edit being caught](/record/tampered)
record-now = The record now
record-size = { $n ->
    [one] It holds {$count} entry.
   *[other] It holds {$count} entries.
}
record-checkpoint-is = This is its latest [checkpoint](/record/checkpoint): the record’s name, its size, the root of its tree, and the signature of the edition’s key.
record-key = The key that checks the signature is [this one](/record/vkey). Note it down, or compare it with what a mirror or a friend has: the key is how you know that it is the same record.
record-entries = Its entries
record-empty = The record has no entries yet.
record-check = How to check it
record-check-ours = With our verifier, which is one program and reads the whole record, every page and every document:
record-check-theirs = With anyone’s: the record follows the C2SP formats `tlog-tiles`, `tlog-checkpoint`, `signed-note` and `tlog-proof`, which other programs read unchanged. They need no more than the checkpoint and the key:
record-mirror = How to keep a copy
record-mirror-how = Everything under `/record` is plain files. A copy that was made with any tool can be checked against the same key, and a copy that is kept elsewhere is a witness against us:
record-watch = Whoever keeps an older checkpoint can ask that the new tree contain the old one. If it ever does not, the two signed checkpoints are the evidence.
entry-word = Entry
entry-is-genesis = The record begins: the edition’s name, its key, and commitments to the keys that may follow.
entry-is-revision = An article was published:
entry-is-next = An article went on, as revision {$rev}:
entry-is-correction = An article was corrected, as revision {$rev}:
entry-is-removal = Parts of an article were removed:
entry-is-snapshot = A copy of a source was archived.
entry-is-policy = A policy was set, as revision {$rev}:
entry-is-key = A key was added or retired.
entry-is-witness = A witness or mirror was added or retired.
entry-is-balance = The edition’s balance over a time was sealed.
entry-is-import = Content was taken over from another system:
entry-is-unknown = An entry that this page cannot read.
leaf = The entry
leaf-is = These bytes, and nothing else, are what the log holds. They name no person and no headline, because an entry can never be taken out.
stands-where = Where it stands
sealed-at = Sealed
leaf-hash = Hash of the entry
in-bundle = In bundle of entries
root-of = { $n ->
    [one] Root of the tree of {$count} entry
   *[other] Root of the tree of {$count} entries
}
proof-hashes = Proof of inclusion
hashes = { $n ->
    [one] {$count} hash
   *[other] {$count} hashes
}
sealed-document = The sealed document that it commits to
document-none = It commits to a document that is no longer shown.
tampered = Watch a silent edit being caught
tampered-intro = Below is a passage of a real article, and the same passage in a copy that somebody has changed without saying so. A reader cannot see which is which. The verifier can.
tampered-real = As it was sealed
tampered-fake = As the copy has it
verifier-says = The verifier says:
tampered-open = Open the tampered copy
tampered-try = Try it
tampered-how = The verifier takes the page, fetches the sealed document and its proof, checks them against the signed checkpoint, and compares them with every word of the page. Run it on both:
tampered-means = The same happens if we change an article ourselves and do not seal the change. That is what the record is for: it holds us to what we published.
