# Front page, lists, search and the pages for what isn't there.
front-second = دیگر اہم خبریں
front-more = مزید خبریں
front-end = فی الحال بس اتنا ہی۔
front-archive = محفوظات، دن بہ دن
front-empty = ابھی کچھ شائع نہیں ہوا۔
front-empty-advice = پہلی خبر مہر لگتے ہی ایک سیکنڈ کے اندر یہاں ہو گی۔
front-aside = یہ ایڈیشن کہاں کھڑا ہے
front-stands = یہ ایڈیشن کہاں کھڑا ہے
front-uncounted = ابھی گننے کو کچھ نہیں۔
front-balance = پوری گنتی
front-stories = سلسلے جن پر ہماری نظر ہے
front-topics = تمام موضوعات
corrections-all = تمام تصحیحات
corrections-none = اب تک کسی خبر کی تصحیح نہیں ہوئی۔
corrections-intro = اس ایڈیشن کی ہر تصحیح، وضاحت اور واپس لی گئی خبر، تازہ ترین سب سے پہلے۔ ہر ایک عوامی ریکارڈ کا اندراج ہے اور اس کا پہلے متن سے موازنہ کیا جا سکتا ہے۔
corrections-follow = تصحیحات کو [فیڈ](/feeds) کے ذریعے دیکھتے رہیں۔ کوئی غلطی ملی جو یہاں نہیں؟ [تصحیح کے اصول](/policies) میں بتانے کا طریقہ ہے۔
of-whole = {$whole} میں سے {$part}
balance-heard = مذکور فریق جن کی بات شامل ہے
balance-sourced = خبریں جو ذریعہ بتاتی ہیں
balance-single = خبریں جو ایک ہی ذریعے پر قائم ہیں
balance-corrected = خبریں جن کی بعد میں تصحیح ہوئی
balance-intro = مہر بند خبروں کی موجودہ صورت سے جو کچھ گنا جا سکتا ہے۔ یہاں نہ کوئی درجہ ہے نہ لیبل: صرف یہ کہ کتنی بار، تاکہ فیصلہ آپ کریں۔
balance-parties = فریق: مذکور اور شامل
party = فریق
balance-named = خبریں جن میں نام آیا
balance-heard-in = خبریں جن میں بات شامل ہے
balance-how = گنتی کیسے ہوتی ہے
balance-method = صرف وہ خبریں گنی گئی ہیں جو اس مدت میں پہلی بار شائع ہوئیں، اور اسی صورت میں جس میں وہ مدت کے اختتام پر موجود تھیں۔ فریق وہ شخص یا ادارہ ہے جس کا معاملے سے مفاد وابستہ ہو؛ اس کی **بات شامل** تب کہی جاتی ہے جب خبر کوئی بات اس سے منسوب کرے یا ایسے ذریعے کا حوالہ دے جو اس کی طرف سے بولتا ہو۔ آوازیں، الفاظ اور سوالات اس رپورٹ سے لیے گئے ہیں جو [ڈیسک](/desk) نے ہر خبر پر بنائی اور جو خبر کے ساتھ مہر بند ہوئی؛ جو خبریں رپورٹ کے بغیر مہر بند ہوئیں وہ ان اعداد میں شامل نہیں۔ واپس لی گئی خبریں اور پالیسیاں شمار نہیں ہوتیں۔ ایک ادارے کی خبریں بے ترتیب نمونہ نہیں: وقفہ صرف یہ بتاتا ہے کہ اتنی کم خبروں میں محض اتفاق تناسب کو کہاں تک لے جا سکتا ہے۔
balance-again = ہر عدد صرف [عوامی ریکارڈ](/record) سے نکلتا ہے۔ `ovn balance` کسی کی بھی نقل سے یہ اعداد دوبارہ گنتا اور موازنہ کرتا ہے۔
balance-until = شمار ان مدتوں کا ہے جو ریکارڈ کے آخری اندراج، {$it}، پر ختم ہوتی ہیں۔
balance-days = { $n ->
    [one] {$count} دن
   *[other] {$count} دن
}
balance-shares = خبریں کس پر قائم ہیں
balance-what = تناسب
balance-reported = ڈیسک کی رپورٹ کے ساتھ مہر بند خبریں
balance-single-voice = آوازوں والی خبریں جن میں ایک ہی آواز بولتی ہے
balance-unnamed = آوازوں والی خبریں جن میں کوئی بے نام شخص بولتا ہے
balance-unnamed-words = منسوب الفاظ میں سے بے نام لوگوں کے الفاظ
balance-official = آوازوں والی خبریں جن میں صرف سرکاری لوگ بولتے ہیں
balance-answered = ڈیسک کے سوالات جن کا جواب ادارے نے دیا
balance-none = گننے کو کچھ نہیں
balance-interval = {$from} سے {$to} فیصد
balance-interval-is = دوسری سطر تناسب کا ولسن کا ۹۵ فیصد وقفہ ہے، جہاں خبریں گنی گئی ہوں۔
balance-asked-in = خبریں جن کے مطابق اس سے پوچھا گیا
balance-words = اس سے منسوب الفاظ
balance-findings = ڈیسک نے کیا پایا اور کیا جواب دیا گیا
balance-bar-parties = پٹی: گہرے رنگ میں وہ خبریں جن میں اس کی بات شامل ہے، ان میں سے جن میں اس کا نام آیا۔
balance-bar-findings = پٹی: برقرار، غلط قرار، اور بغیر جواب، اسی ترتیب سے۔
balance-rule = ڈیسک کا سوال
balance-found = کتنی بار
balance-kept = وجہ بتا کر برقرار
balance-wrong = وجہ بتا کر غلط قرار
balance-open = جواب نہیں
balance-corrections = تصحیحات، اور ان میں کتنا وقت لگا
balance-middle = ان میں سے نصف میں {$it} یا اس سے کم وقت لگا، غلط نظرِ ثانی سے تصحیح کے مہر بند ہونے تک۔
balance-article = خبر
balance-class = قسم
balance-took = وقت
balance-tick-minute = ایک منٹ
balance-tick-hour = ایک گھنٹہ
balance-tick-day = ایک دن
balance-tick-month = ایک مہینہ
balance-tick-year = ایک سال
balance-json = یہ اعداد JSON میں
balance-csv = ان کے پیچھے کی سطریں، ہر خبر کی ایک، CSV میں
minutes = { $n ->
    [one] {$count} منٹ
   *[other] {$count} منٹ
}
hours = { $n ->
    [one] {$count} گھنٹہ
   *[other] {$count} گھنٹے
}
days = { $n ->
    [one] {$count} دن
   *[other] {$count} دن
}
list-empty = یہاں ابھی کچھ نہیں۔
topics-intro = اشخاص، مقامات، ادارے اور مضامین جن کے بارے میں خبریں ہیں۔
topics-none = ابھی کسی خبر میں موضوع درج نہیں۔
stories-intro = معاملات جن پر ہم ایک سے زیادہ خبروں میں نظر رکھتے ہیں، ہر ایک اپنے واقعات کی ترتیب کے ساتھ۔
stories-none = ابھی کوئی سلسلہ شروع نہیں ہوا۔
timeline = واقعات کی ترتیب
months = مہینے
sources-intro = خبریں جن پر قائم ہیں۔ ہر ذریعے کے ساتھ وہ خبریں درج ہیں جو اس کا حوالہ دیتی ہیں اور، جہاں محفوظ کیا گیا، وہ نقل بھی جیسی اس وقت ملی۔
sources-none = ابھی کسی خبر میں ذریعہ درج نہیں۔
source-statement = بیان
source-document = دستاویز
source-interview = انٹرویو
source-data = اعداد و شمار
source-observation = اپنا مشاہدہ
source-other-outlet = دوسرا خبر رساں ادارہ
source-unnamed-person = نام ظاہر نہ کرنے والا شخص
speaks-for = ترجمانی:
archived-copy = محفوظ نقل
not-archived = محفوظ نقل نہیں
policies-intro = وہ اصول جن پر ہم کام کرتے ہیں۔ ہر ایک خبر کی طرح عوامی ریکارڈ میں مہر بند ہے، چنانچہ جو اصول بدلے اس کی تبدیلی نظر آتی ہے۔
policies-none = ابھی کوئی اصول شائع نہیں ہوا۔
search-label = تلاش کے الفاظ
search-go = تلاش کریں
search-hint = ایڈیشن کی ہر زبان میں وہ خبریں ملیں گی جن میں تمام الفاظ ہوں، چاہے آپ کے کی بورڈ پر ان کی املا جیسی بھی ہو۔ واوین میں لکھے گئے الفاظ اسی ترتیب میں ساتھ ساتھ ہونے چاہییں۔ آپ جو لکھتے ہیں اس میں سے کچھ محفوظ نہیں کیا جاتا۔
search-found = { $n ->
    [one] {$count} خبر ملی
   *[other] {$count} خبریں ملیں
}
search-none = کچھ نہیں ملا:
search-advice-fewer = کم الفاظ آزمائیں: خبر میں تمام الفاظ کا ہونا ضروری ہے۔
search-advice-spelling = املا بدل کر دیکھیں، یا نام دوسری زبان میں لکھیں۔
search-advice-topics = [موضوعات](/topic)، [سلسلے](/story) یا [محفوظات](/archive) دیکھیں۔
missing = یہاں کوئی صفحہ نہیں
missing-advice = ممکن ہے پتا غلط لکھا گیا ہو یا ادھورا ہو۔ شائع شدہ خبروں کے پتے ہمیشہ وہی رہتے ہیں، اور ہٹائی گئی خبر خود بتاتی ہے؛ اس لیے غالباً یہ صفحہ یہاں کبھی تھا ہی نہیں۔ تلاش کریں یا تازہ خبروں میں سے کوئی دیکھیں۔
recent = تازہ ترین
gone = یہ خبر ہٹا دی گئی ہے
gone-means = اس کا متن اب نہیں دکھایا جاتا۔ یہ کہ وہ شائع ہوئی تھی، اور کیوں ہٹائی گئی، عوامی ریکارڈ میں باقی ہے۔
gone-published = پہلی اشاعت:
gone-remains = جو ہٹایا گیا ریکارڈ میں اس کی صرف ضمانت باقی ہے، جس سے الفاظ نہ پڑھے جا سکتے ہیں نہ بوجھے جا سکتے ہیں؛ جو نہیں ہٹایا گیا وہ اب بھی جانچا جا سکتا ہے۔
unavailable = اس وقت نہیں
unavailable-advice = یہ صفحہ اس لمحے تیار نہیں ہو سکتا۔ کچھ ضائع نہیں ہوا: چند سیکنڈ بعد دوبارہ کوشش کریں۔
compare-title = نسخوں کا موازنہ
compare-inline = ایک ہی متن میں
compare-sides = آمنے سامنے
compare-removed = ہٹایا گیا
compare-added = شامل کیا گیا
compare-same = دونوں نسخوں کے الفاظ ایک ہیں۔
block-headline = سرخی
block-standfirst = ذیلی سرخی
block-byline = نامہ نگار
block-dateline = مقام اور تاریخ
block-sections = شعبے
block-topics = موضوعات
block-parties = فریق
block-replies = جوابات
block-story = سلسلہ
block-event = واقعہ
block-source = ذریعہ
block-paragraph = پیرا
block-heading = عنوان
block-list = فہرست
block-quote = اقتباس
block-code = کوڈ
block-rule = خط
block-table = جدول
block-image = تصویر
block-language = زبان
block-address = پتا
block-other = دیگر
