//! Words that count, deny, or open sentences without being names.

/// English number words that have a value in digits.
const ENGLISH: [(&str, &str); 38] = [
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
    ("ninth", "9th"),
    ("tenth", "10th"),
];

/// Words of amount that stand for themselves.
const AMOUNTS: [&str; 29] = [
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "lakh",
    "lakhs",
    "crore",
    "crores",
    "dozen",
    "dozens",
    "half",
    "halves",
    "quarter",
    "quarters",
    "twice",
    "thrice",
    "double",
    "doubled",
    "triple",
    "tripled",
    "none",
    "both",
    "percent",
    "percentage",
];

/// Urdu number words, folded.
const URDU: [(&str, &str); 34] = [
    ("صفر", "0"),
    ("ایک", "1"),
    ("دو", "2"),
    ("تین", "3"),
    ("چار", "4"),
    ("پانچ", "5"),
    ("چھ", "6"),
    ("سات", "7"),
    ("آٹھ", "8"),
    ("نو", "9"),
    ("دس", "10"),
    ("گیارہ", "11"),
    ("بارہ", "12"),
    ("تیرہ", "13"),
    ("چودہ", "14"),
    ("پندرہ", "15"),
    ("سولہ", "16"),
    ("سترہ", "17"),
    ("اٹھارہ", "18"),
    ("انیس", "19"),
    ("بیس", "20"),
    ("پچیس", "25"),
    ("تیس", "30"),
    ("چالیس", "40"),
    ("پچاس", "50"),
    ("ساٹھ", "60"),
    ("ستر", "70"),
    ("اسی", "اسی"),
    ("نوے", "90"),
    ("سو", "100"),
    ("ہزار", "1000"),
    ("لاکھ", "lakh"),
    ("کروڑ", "crore"),
    ("ارب", "ارب"),
];

const NEGATIONS: [&str; 38] = [
    "not", "no", "never", "without", "nor", "neither", "cannot", "nothing", "nobody", "nowhere",
    "hardly", "barely", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont",
    "wouldnt", "cant", "couldnt", "shouldnt", "hasnt", "havent", "hadnt", "mustnt", "neednt",
    "aint", "shant", "mightnt", "نہیں", "نہ", "بغیر", "مت", "بلا", "ناں",
];

/// English words so common that a capital at the start of a sentence says nothing.
const COMMON: &str = " the a an and or but nor so yet for of to in on at by with from as into over under after before \
    between through during against about above below up down out off again then than too very just only also still \
    even ever already soon now here there when where while why how what which who whom whose that this these those \
    he she it they we i you him her them us me my your his its our their mine is are was were be been being am do does \
    did done has have had having will would shall should can could may might must if unless until since because \
    although though whether however meanwhile moreover therefore thus both each every all any some few many more most \
    other another such same own one two officials police people government ministry minister president according \
    earlier later last next new old first said says told it's there's today yesterday tomorrow ";

/// The value of a folded number word.
pub(super) fn number(word: &str) -> Option<&'static str> {
    let value =
        ENGLISH.iter().chain(&URDU).find(|(name, _)| *name == word).map(|(_, value)| *value);
    value.or_else(|| AMOUNTS.iter().find(|amount| **amount == word).copied())
}

pub(super) fn denies(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

pub(super) fn is_denying_prefix(letters: &str) -> bool {
    ["a", "un", "in", "il", "im", "ir", "dis", "non", "mis", "de", "anti", "ex"].contains(&letters)
}

pub(super) fn is_common(word: &str) -> bool {
    !word.contains(' ') && COMMON.contains(&format!(" {word} "))
}
