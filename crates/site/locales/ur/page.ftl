# What stands on every page, and on an article's.
skip = براہِ راست متن پر جائیں
menu = شعبے
foot = اس ایڈیشن کے بارے میں
search = تلاش
pages = مزید صفحات
newer = نئی خبریں
older = پرانی خبریں
foot-record = { $n ->
    [one] عوامی ریکارڈ میں {$count} اندراج ہے۔
   *[other] عوامی ریکارڈ میں {$count} اندراجات ہیں۔
}
foot-promise = مہر لگنے کے بعد کی ہر تبدیلی کوئی بھی جانچنے والا پکڑ سکتا ہے۔
foot-quiet = نہ کوکیز، نہ نگرانی، نہ اسکرپٹ۔
corrections = تصحیحات
sources = ذرائع
balance = توازن
desk = ڈیسک کے قاعدے
stories = سلسلے
story = سلسلہ
topics = موضوعات
topic = موضوع
section = شعبہ
archive = محفوظات
policies = اصول
feeds = فیڈز
about = تعارف
record = عوامی ریکارڈ
articles = { $n ->
    [one] {$count} خبر
   *[other] {$count} خبریں
}
articles-word = خبریں
sources-cited = { $n ->
    [one] {$count} ذریعہ
   *[other] {$count} ذرائع
}
parties-heard = { $n ->
    [one] {$all} میں سے {$heard} فریق کی بات شامل
   *[other] {$all} میں سے {$heard} فریقوں کی بات شامل
}
stands-corrected = تصحیح شدہ
stands-updated = تازہ شدہ
stands-retracted = واپس لی گئی
withdrawn-headline = ہٹائی گئی خبر
class-publication = پہلی اشاعت
class-typo = املا کی غلطی
class-clarification = وضاحت
class-correction = تصحیح
class-update = تازہ صورتِ حال
class-retraction = خبر کی واپسی
asked-by = توجہ دلانے والے:
seal = مہر
sealed-entry = عوامی ریکارڈ میں مہر بند، اندراج {$it}
entry-n = اندراج {$it}
revision-n = نسخہ {$it}
superseded = آپ نسخہ {$it} پڑھ رہے ہیں، جس کے بعد نیا نسخہ آ چکا ہے۔
superseded-see = تازہ ترین پڑھیں، نسخہ {$it}
translations = دوسری زبانوں میں
changes = کیا بدلا
compare = موازنہ
compare-revisions = نسخوں کا موازنہ
removed = ہٹایا گیا:
ground-court-order = عدالت کے حکم پر۔
ground-privacy = کسی کی نجی زندگی کے تحفظ کے لیے۔
ground-safety = کسی کی سلامتی کے لیے۔
ground-copyright = کیونکہ حقوق کسی اور کے پاس ہیں۔
ground-error = کیونکہ یہ غلطی سے شائع ہوا تھا۔
desk-asks = یہ سوالات کیا ہیں، اور کتنی بار درست نکلے
mistake = کوئی غلطی نظر آئی؟
mistake-mail = تصحیح کے شعبے کو بتائیں
mail-subject = غلطی کی نشان دہی
so-far = اب تک کی کہانی
check = خود جانچیں
check-how = اوپر کا متن ایک مہر بند دستاویز کے طور پر محفوظ ہے اور اس کی ضمانت ریکارڈ میں درج ہے۔ ہمارا جانچ کار دونوں کو لا کر اس صفحے سے ملاتا ہے؛ نیچے دی گئی دستاویزات سے کوئی دوسرا آلہ بھی یہی کر سکتا ہے۔
check-document = مہر بند دستاویز
check-proof = ثبوت
check-file = مارک ڈاؤن میں
check-record = ریکارڈ کیسے کام کرتا ہے
committed = خفیہ ذرائع
committed-why = وہ کون ہیں، یہ نیوزروم کے پاس رہتا ہے۔ جو یہاں لکھا ہے وہ مضمون کے ساتھ مہر بند ہوا اور ہر ایک کا ایک ہی شخص سے بندھا ہے: نیوزروم بعد میں، کسی عدالت یا مدیر کے سامنے، دکھا سکتا ہے کہ شروع سے یہی شخص مراد تھا، `ovn verify FILE --commitment` سے۔
