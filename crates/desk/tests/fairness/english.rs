//! English templates and names for them: invented parties and persons, real words for nations and religions.

/// Headlines.
pub(crate) const HEADLINES: [&str; 8] = [
    "{^a} and {b} argue over the harbour road",
    "{^a.office} promises 40 new buses to {town}",
    "Will {a} keep its word on the harbour road?",
    "{p.full}: {b} broke the agreement",
    "“The road is closed”: {a} answers {b}",
    "{^n.adj} traders close their stalls in {town}",
    "{^r.people} in {town} ask for a second bus",
    "{^b} is wrong on fares, {a} says",
];

/// Paragraphs that stand on their own.
pub(crate) const PARAGRAPHS: [&str; 40] = [
    "{^a} said on Monday that the harbour road would open in spring.",
    "“We will open the road in spring,” said {p.full}, the {p.spokes} for {a}.",
    "“Nobody asked us,” {p.full} said. “{b.short} decided alone.” {p.He} spoke in {town}.",
    "{p.full} of {a} accused {b} of hiding the true cost of the bridge. {p.title} {p.last} gave no figures.",
    "{^b} did not respond to a request for comment.",
    "According to {b.office}, 1,240 people use the ferry each day.",
    "Critics of {a} say the plan is a disgrace. Some say it will never work.",
    "It is widely believed that {b} wants the road for itself.",
    "The new road is the largest project in the history of {town}.",
    "The vote was an unprecedented and historic moment for {a}.",
    "Fares rose by 12 percent.",
    "Fares rose by 12 percent in the year to June, from 50 to 56 crowns, {b.office} said.",
    "As many as 300 people stood in front of {r.house}.",
    "{^n.adj} officials said the border post would stay closed.",
    "A {n.adj2} trader called the delay “a farce”.",
    "{^a} described the so-called “reform” of {b} as a step backwards.",
    "Unfortunately, {a} clearly ignored the warnings of {b}.",
    "The talks between {a} and {b} were productive and marked a significant step.",
    "The regime in {town} crushed the protest, and extremists cheered.",
    "Radical members of {a} stormed out of the hall.",
    "{^a} attacked {b} over fares. {^b} rejected the claim as baseless.",
    "{^b} admitted that the bridge was late. {^a} insisted that it was not.",
    "{p.full}, who leads {a}, said {p.he} would ask {p.his} members first.",
    "Two officials who asked not to be named said that {b} knew of the delay.",
    "An official at {a.office} said so on condition of anonymity, because {p.he} was not allowed to speak.",
    "The road was built in 2011, {q.full} said. {q.He} drove the first bus.",
    "{q.title} {q.last} is a {q.person} of 61 years and lives near {r.house}.",
    "{^r.people} in the town said that the bus stops too far from {r.house}.",
    "A leader of the {r.adj} community told reporters that the road divides the quarter.",
    "Three people were killed when the ferry hit the quay.",
    "{p.full} wrote: \"The figures of {b} are false.\"",
    "{^a} claimed that {n.adj} companies were paid 3.5 million crowns.",
    "{^b} denies that. “These numbers are invented,” said {q.full}, its {q.spokes}.",
    "{^n.country} and {m.country} signed the agreement in {town} on 4 May.",
    "{^n.adj} soldiers left the harbour, and {m.adj} soldiers stayed.",
    "Experts fear that the harbour will lose its trade to {m.country}.",
    "The risk of an accident doubled, {a} warned.",
    "{^a} and {b} will meet again on Friday.",
    "Of course the thoroughly modern ferry of {b} is better, everybody knows that.",
    "The ferry costs 20 crowns and leaves every hour.",
];

/// Paragraphs about one side that stand beside the same about the other.
pub(crate) const PARALLEL: [&str; 5] = [
    "{^a} said that the other side was to blame for the delay.",
    "“We kept our word,” said a speaker for {a}.",
    "{^a} wants the road, and it has asked for a vote.",
    "According to {a}, the numbers are wrong.",
    "{^a} made a disastrous and shameful choice.",
];

/// Two sides of one shape each: name, short name, office.
pub(crate) const SIDES: [[&str; 3]; 8] = [
    ["the Hillside Party", "Hillsiders", "the transport ministry"],
    ["the Meadow Party", "Meadowers", "the finance ministry"],
    ["the Republican Party", "Republicans", "the health ministry"],
    ["the Democratic Party", "Democrats", "the justice ministry"],
    ["the Conservative Party", "Conservatives", "the interior ministry"],
    ["the Labour Party", "Labourites", "the education ministry"],
    ["the Green Party", "Greens", "the culture ministry"],
    ["the Liberal Party", "Liberals", "the defence ministry"],
];

/// Persons of no party: full name and last name.
pub(crate) const PERSONS: [[&str; 2]; 4] = [
    ["Tavo Brenn", "Brenn"],
    ["Ilma Kestrin", "Kestrin"],
    ["Orsa Valdin", "Valdin"],
    ["Remi Tolvane", "Tolvane"],
];

/// Title, he, He, his, spokesman, and the word for the person.
pub(crate) const GENDERS: [[&str; 6]; 2] = [
    ["Mr", "he", "He", "his", "spokesman", "man"],
    ["Ms", "she", "She", "her", "spokeswoman", "woman"],
];

/// Nations: adjective, and country.
pub(crate) const NATIONS: [[&str; 2]; 10] = [
    ["Pakistani", "Pakistan"],
    ["Moroccan", "Morocco"],
    ["Chinese", "China"],
    ["Russian", "Russia"],
    ["German", "Germany"],
    ["Turkish", "Turkey"],
    ["Brazilian", "Brazil"],
    ["French", "France"],
    ["Kenyan", "Kenya"],
    ["Belgian", "Belgium"],
];

/// Religions: adjective, people, house.
pub(crate) const RELIGIONS: [[&str; 3]; 6] = [
    ["Muslim", "Muslims", "the mosque"],
    ["Christian", "Christians", "the church"],
    ["Hindu", "Hindus", "the temple"],
    ["Jewish", "Jews", "the synagogue"],
    ["Sikh", "Sikhs", "the gurdwara"],
    ["Buddhist", "Buddhists", "the monastery"],
];
