//! The English half of the made-up articles: towns that are not on any map, and what their offices are said to do.

use super::chance::Chance;
use super::{Text, sources};

const FIRST: [[&str; 2]; 24] = pairs([
    "Vel", "Ostra", "Tarn", "Quil", "Brem", "Iska", "Dorn", "Lume", "Zan", "Perr", "Havo", "Grel",
    "Moss", "Unta", "Carve", "Yol", "Fenn", "Kest", "Ard", "Wex", "Solu", "Nim", "Jora", "Eld",
]);
const MIDDLE: [[&str; 2]; 20] = pairs([
    "o", "an", "ing", "ari", "um", "esta", "ol", "iv", "ur", "ado", "enne", "is", "oth", "ara",
    "il", "uve", "ast", "emi", "or", "ixa",
]);
const LAST: [[&str; 2]; 16] = pairs([
    "mere", "wick", "holt", "dunes", "gate", "stead", "fell", "brook", "haven", "march", "strand",
    "coombe", "firth", "barrow", "lea", "quay",
]);
const BODIES: [&str; 14] = [
    "town council",
    "water board",
    "harbour office",
    "school office",
    "bus company",
    "health service",
    "road authority",
    "farmers’ association",
    "library trust",
    "fire service",
    "market committee",
    "housing office",
    "power company",
    "rail users’ group",
];
const SUBJECTS: [&str; 24] = [
    "bridge repairs",
    "school meals",
    "the night bus",
    "drinking water",
    "market rents",
    "street lighting",
    "the flood wall",
    "clinic hours",
    "bread prices",
    "the harbour dredging",
    "library opening times",
    "cycle lanes",
    "waste collection",
    "the tram depot",
    "heating costs",
    "tree planting",
    "teacher posts",
    "the ferry timetable",
    "rent controls",
    "well drilling",
    "the census",
    "grain storage",
    "river tolls",
    "the archive",
];
const VERBS: [&str; 8] = [
    "reviews",
    "delays",
    "sets out",
    "extends",
    "publishes figures on",
    "consults on",
    "pauses",
    "funds",
];
const SECTIONS: [&str; 4] = ["Politics & Government", "Economy", "World", "How it works"];
const BYLINES: [&str; 4] = ["News desk", "Evening desk", "Regions desk", "Figures desk"];

/// Sentences with a place, a body, a subject and a number, in this order.
const SENTENCES: [&str; 28] = [
    "The {1} in {0} said on Monday that work on {2} would cost {3} crowns [@statement].",
    "A notice at the town hall of {0} lists {3} objections to the plan for {2} [@document, para. 2].",
    "About {3} people in {0} use the service each week, the {1} said [@statement].",
    "A resident of {0} said that nothing had been heard of {2} for {3} days [@interview].",
    "The figures for {2} were last counted {3} months ago, according to the document [@document].",
    "Neighbouring {0} has had the same question since the spring, and {2} came up there at {3} meetings [@document].",
    "The {1} declined to say how many of the {3} letters about {2} it had answered [@statement].",
    "Two shopkeepers in {0} said that {2} mattered less to them than the rent [@interview].",
    "The budget of {0} names {2} on page {3} and gives no date [@document, p. 3].",
    "A second reading of the plan is due in {0} within {3} days, the {1} said [@statement].",
    "Not everybody in {0} agrees: {3} signatures against the plan were handed in [@document].",
    "The {1} said that it had asked the county for help with {2} and had {3} offers [@statement].",
    "Records in {0} go back {3} years and mention {2} twice [@document].",
    "A driver who lives near {0} said that the detour takes {3} minutes [@interview].",
    "The {1} gave three reasons, and {2} was the last of them [@statement].",
    "Whether {0} can keep to the plan depends on {3} permits that are not there yet [@document].",
    "The meeting in {0} lasted {3} minutes and ended without a vote on {2} [@document].",
    "The {1} said that {2} would be looked at again when the count of {3} is checked [@statement].",
    "Parents in {0} said that they had learned of {2} from a poster [@interview].",
    "The earlier plan for {0} was withdrawn after {3} weeks [@document, para. 4].",
    "The {1} put the share of {2} in its spending at {3} crowns in every thousand [@statement].",
    "A teacher in {0} said that {3} pupils walk past the site every day [@interview].",
    "The contract for {2} runs for {3} months, and the {1} may end it sooner [@document].",
    "Snow closed the road to {0} for {3} hours, which the {1} called usual for the season [@statement].",
    "An engineer who measured the ground at {0} wrote that {2} needs {3} more soundings [@document].",
    "The {1} said that no one in {0} would lose a place because of {2} [@statement].",
    "A baker in {0} said that the oven stood cold for {3} mornings [@interview].",
    "What {2} will cost a household in {0} is not in the document [@document].",
];
const ITEMS: [&str; 6] = [
    "**Cost.** The {1} counts {3} crowns for {2} [@statement].",
    "**Time.** Work in {0} is to last {3} weeks [@document].",
    "**People.** The notice speaks of {3} households in {0} [@document].",
    "**Access.** The {1} promises a way round within {3} steps [@statement].",
    "**Noise.** A resident of {0} counted {3} lorries in a morning [@interview].",
    "**Open.** Who pays for {2} after that is not said [@document].",
];
const HEADINGS: [&str; 6] = [
    "What is planned",
    "What residents say",
    "What it costs",
    "What came before",
    "What is not known",
    "What comes next",
];

const fn pairs<const N: usize>(names: [&'static str; N]) -> [[&'static str; 2]; N] {
    let mut out = [[""; 2]; N];
    let mut at = 0;
    while at < N {
        #[allow(clippy::indexing_slicing)]
        // A const function has no other way, and it is checked when it is built.
        {
            out[at] = [names[at], names[at]];
        }
        at += 1;
    }
    out
}

fn place(chance: &mut Chance) -> String {
    let [place, _] = chance.name([&FIRST, &MIDDLE, &LAST]);
    place
}

/// A sentence of `from`; two times of three about the article's own place.
fn sentence(
    chance: &mut Chance,
    from: &[&'static str],
    home: &str,
    body: &str,
    subject: &str,
) -> String {
    let there = if chance.one_in(3) { place(chance) } else { home.to_owned() };
    let about = if chance.one_in(3) { chance.pick(&SUBJECTS) } else { subject };
    let number = (2 + chance.uneven(90_000)).to_string();
    let values = [("{0}", there.as_str()), ("{1}", body), ("{2}", about), ("{3}", &number)];
    values
        .iter()
        .fold(chance.pick(from).to_owned(), |text, (slot, value)| text.replace(slot, value))
}

pub(super) fn text(chance: &mut Chance) -> Text {
    let home = place(chance);
    let (body, subject) = (chance.pick(&BODIES), chance.pick(&SUBJECTS));
    let verb = chance.pick(&VERBS);
    let party = format!("{home} {body}");
    let other = format!("{home} residents’ forum");
    let titles = [
        format!("Statement on {subject} in {home}"),
        format!("Notice {} of {home}", 1 + chance.below(900)),
        format!("Talk with residents of {home}"),
    ];
    let sources = sources(titles, [Some(&party), None, Some(&other)]);
    let mut text = String::new();
    let paragraphs = 7 + chance.below(8);
    for number in 0..paragraphs {
        if number > 1 && number % 4 == 2 {
            text += &format!("## {}\n\n", chance.pick(&HEADINGS));
        }
        let sentences: Vec<String> = (0..2 + chance.below(3))
            .map(|_| sentence(chance, &SENTENCES, &home, body, subject))
            .collect();
        text += &format!("{}\n\n", sentences.join(" "));
    }
    for _ in 0..chance.below(4) {
        text += &format!("- {}\n", sentence(chance, &ITEMS, &home, body, subject));
    }
    let story = chance.one_in(5).then(|| format!("The year in {home}"));
    Text {
        headline: format!("{home} {body} {verb} {subject}"),
        standfirst: format!(
            "The plan reaches {} streets. Residents were asked, and not all agree.",
            2 + chance.below(60)
        ),
        latin: home.clone(),
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
