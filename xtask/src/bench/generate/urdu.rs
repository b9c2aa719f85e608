//! The Urdu half of the made-up articles, on invented towns as the English half.

use super::chance::Chance;
use super::{Text, sources};

const FIRST: [[&str; 2]; 20] = [
    ["ول", "Vel"],
    ["تارن", "Tarn"],
    ["کوئل", "Quil"],
    ["برم", "Brem"],
    ["دورن", "Dorn"],
    ["لوم", "Lume"],
    ["زان", "Zan"],
    ["پیر", "Perr"],
    ["ہاو", "Havo"],
    ["گرل", "Grel"],
    ["موس", "Moss"],
    ["انت", "Unta"],
    ["کارو", "Carve"],
    ["یول", "Yol"],
    ["فین", "Fenn"],
    ["کست", "Kest"],
    ["آرد", "Ard"],
    ["سول", "Solu"],
    ["نیم", "Nim"],
    ["جور", "Jora"],
];
const MIDDLE: [[&str; 2]; 14] = [
    ["ان", "an"],
    ["نگ", "ing"],
    ["اری", "ari"],
    ["وم", "um"],
    ["ستا", "esta"],
    ["ول", "ol"],
    ["یو", "iv"],
    ["ور", "ur"],
    ["ادو", "ado"],
    ["ین", "enne"],
    ["یس", "is"],
    ["وتھ", "oth"],
    ["ارا", "ara"],
    ["می", "emi"],
];
const LAST: [[&str; 2]; 12] = [
    ["میر", "mere"],
    ["وک", "wick"],
    ["ہولٹ", "holt"],
    ["گیٹ", "gate"],
    ["سٹیڈ", "stead"],
    ["فیل", "fell"],
    ["بروک", "brook"],
    ["ہیون", "haven"],
    ["مارچ", "march"],
    ["سٹرینڈ", "strand"],
    ["فرتھ", "firth"],
    ["بیرو", "barrow"],
];
const BODIES: [&str; 10] = [
    "بلدیہ",
    "محکمہ آب رسانی",
    "بندرگاہ کا دفتر",
    "محکمہ تعلیم",
    "بس کمپنی",
    "محکمہ صحت",
    "محکمہ شاہرات",
    "انجمن کاشتکاراں",
    "کتب خانہ ٹرسٹ",
    "منڈی کمیٹی",
];
const SUBJECTS: [&str; 16] = [
    "پل کی مرمت",
    "اسکول کا کھانا",
    "رات کی بس",
    "پینے کا پانی",
    "دکانوں کا کرایہ",
    "گلیوں کی روشنی",
    "سیلابی بند",
    "شفاخانے کے اوقات",
    "روٹی کی قیمت",
    "بندرگاہ کی صفائی",
    "کتب خانے کے اوقات",
    "کچرے کی صفائی",
    "شجرکاری",
    "اساتذہ کی آسامیاں",
    "کشتی کا نظام الاوقات",
    "غلے کے گودام",
];
const SECTIONS: [&str; 4] = ["سیاست و حکومت", "معیشت", "دنیا", "یہ کیسے چلتا ہے"];
const BYLINES: [&str; 3] = ["خبر ڈیسک", "شام کا ڈیسک", "علاقائی ڈیسک"];

const SENTENCES: [&str; 18] = [
    "{0} کے بارے میں {1} نے پیر کو کہا کہ {2} کے کام پر {3} کراؤن خرچ ہوں گے [@statement]۔",
    "{0} کے ٹاؤن ہال کے نوٹس میں {2} کے منصوبے پر {3} اعتراضات درج ہیں [@document, پیراگراف ۲]۔",
    "{1} کے مطابق {0} میں ہر ہفتے تقریباً {3} افراد اس سہولت سے فائدہ اٹھاتے ہیں [@statement]۔",
    "{0} کے ایک رہائشی نے کہا کہ {3} دن سے اس معاملے کی کوئی خبر نہیں ملی [@interview]۔",
    "دستاویز کے مطابق {2} کے اعداد و شمار {3} ماہ پہلے جمع کیے گئے تھے [@document]۔",
    "{1} نے یہ نہیں بتایا کہ {3} خطوط میں سے کتنوں کا جواب دیا گیا [@statement]۔",
    "{0} کے دو دکانداروں نے کہا کہ ان کے لیے کرایہ زیادہ بڑا مسئلہ ہے [@interview]۔",
    "{0} کے بجٹ میں {2} کا ذکر صفحہ {3} پر ہے اور کوئی تاریخ نہیں دی گئی [@document]۔",
    "{1} کا کہنا ہے کہ {0} میں {3} دن کے اندر منصوبے پر دوبارہ غور ہوگا [@statement]۔",
    "{0} میں سب متفق نہیں: منصوبے کے خلاف {3} دستخط جمع کرائے گئے [@document]۔",
    "{1} نے کہا کہ {2} کے لیے ضلع سے مدد مانگی گئی اور {3} پیشکشیں ملیں [@statement]۔",
    "{0} کے ریکارڈ {3} سال پرانے ہیں اور ان میں {2} کا ذکر دو بار ہے [@document]۔",
    "{0} کے قریب رہنے والے ایک ڈرائیور نے کہا کہ متبادل راستے پر {3} منٹ لگتے ہیں [@interview]۔",
    "{0} کا اجلاس {3} منٹ چلا اور {2} پر رائے شماری کے بغیر ختم ہوا [@document]۔",
    "{0} کے والدین نے کہا کہ انہیں {2} کا علم ایک اشتہار سے ہوا [@interview]۔",
    "{0} کا پچھلا منصوبہ {3} ہفتوں بعد واپس لے لیا گیا تھا [@document]۔",
    "{0} کے ایک استاد نے کہا کہ روزانہ {3} طلبہ اس جگہ کے پاس سے گزرتے ہیں [@interview]۔",
    "{1} نے کہا کہ {2} کے باعث {0} میں کسی کی جگہ ختم نہیں ہوگی [@statement]۔",
];
const HEADINGS: [&str; 5] =
    ["منصوبہ کیا ہے", "رہائشی کیا کہتے ہیں", "خرچ کتنا ہے", "اس سے پہلے کیا ہوا", "کیا معلوم نہیں"];

/// A number in Urdu's own digits.
fn digits(number: u64) -> String {
    let own = |digit: char| digit.to_digit(10).and_then(|one| char::from_u32(0x6f0 + one));
    number.to_string().chars().filter_map(own).collect()
}

fn sentence(chance: &mut Chance, home: &str, body: &str, subject: &str) -> String {
    let there = if chance.one_in(3) {
        let [place, _] = chance.name([&FIRST, &MIDDLE, &LAST]);
        place
    } else {
        home.to_owned()
    };
    let about = if chance.one_in(3) { chance.pick(&SUBJECTS) } else { subject };
    let number = digits(2 + chance.uneven(90_000));
    let values = [("{0}", there.as_str()), ("{1}", body), ("{2}", about), ("{3}", &number)];
    let text = chance.pick(&SENTENCES).to_owned();
    values.iter().fold(text, |text, (slot, value)| text.replace(slot, value))
}

pub(super) fn text(chance: &mut Chance) -> Text {
    let [home, latin] = chance.name([&FIRST, &MIDDLE, &LAST]);
    let (body, subject) = (chance.pick(&BODIES), chance.pick(&SUBJECTS));
    let (party, other) = (format!("{body} {home}"), format!("شہری فورم {home}"));
    let notice = digits(1 + chance.below(900));
    let titles = [
        format!("{subject} پر بیان، {home}"),
        format!("{home} کا نوٹس {notice}"),
        format!("{home} کے رہائشیوں سے گفتگو"),
    ];
    let sources = sources(titles, [Some(&party), None, Some(&other)]);
    let mut text = String::new();
    for number in 0..6 + chance.below(7) {
        if number > 1 && number % 4 == 2 {
            text += &format!("## {}\n\n", chance.pick(&HEADINGS));
        }
        let sentences: Vec<String> =
            (0..2 + chance.below(3)).map(|_| sentence(chance, &home, body, subject)).collect();
        text += &format!("{}\n\n", sentences.join(" "));
    }
    let story = chance.one_in(5).then(|| format!("{home} کا سال"));
    Text {
        headline: format!("{home} کی خبر، {subject} پر {body} کا اعلان"),
        standfirst: format!(
            "منصوبہ {} گلیوں تک پہنچے گا۔ رہائشیوں کی رائے ایک نہیں۔",
            digits(2 + chance.below(60))
        ),
        latin,
        place: home.clone(),
        section: chance.pick(&SECTIONS),
        byline: chance.pick(&BYLINES),
        topics: vec![subject.to_owned(), home],
        parties: vec![party, other],
        story,
        sources,
        body: text,
    }
}
