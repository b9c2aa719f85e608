room-comments = تبصرے
field-comment = تبصرہ
hint-comment = اسے صرف نیوز روم پڑھتا ہے، اور اس میں سے کچھ شائع نہیں ہوتا۔ @ اور کسی کا پورا نام لکھنے سے یہ ان کے سامنے آتا ہے۔
field-quote = متن کے ان الفاظ کے بارے میں
hint-quote = جیسے متن میں ہیں، ایک ہی پیراگراف کے اندر۔ خالی ہو تو پورے مسودے کے بارے میں۔
field-answer = جواب
comment-say = تبصرہ کریں
comment-answer = جواب دیں
comment-resolve = حل شدہ
comment-reopen = دوبارہ کھولیں
comment-gone = یہ الفاظ اب متن میں نہیں ہیں۔
comment-resolved-by = {$it} نے حل کیا
comments-open = کھلے
comments-none = کوئی تبصرہ کھلا نہیں۔
comments-resolved = حل شدہ
comments-for-me = آپ کے لیے تبصرے
comment-read = میں نے پڑھ لیا
open-comments = {$n ->
    [one] ایک تبصرہ کھلا ہے۔
   *[other] {$count} تبصرے کھلے ہیں۔
}
deed-comment = مسودے پر تبصرہ کیا
deed-resolve = تبصرہ حل شدہ کہا
deed-reopen = تبصرہ دوبارہ کھولا
why-comment = تبصرے میں 1 سے 4,000 حروف ہوتے ہیں، اور جواب کسی موجود تبصرے کا ہوتا ہے؛ ایک مسودے پر زیادہ سے زیادہ 2,000۔ آپ کا لکھا یہیں ہے۔
why-quote = یہ الفاظ متن کے کسی ایک پیراگراف میں نہیں۔ متن سے نقل کریں، یا خانہ خالی چھوڑ دیں۔
