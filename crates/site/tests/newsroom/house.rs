//! An edition with a newsroom, and browsers that keep cookies and send forms.

use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use ovn_press::fetch::guarded::Gate;
use ovn_press::init;
use ovn_press::letterbox::Letterbox;
use ovn_press::people::People;
use ovn_site::newsroom::{Ask, Plane};
use ovn_site::{Request, Response, Site};
use ovn_store::{Reader, Settings};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) const PASSPHRASE: &str = "quiet river at noon";
pub(crate) const HOST: &str = "localhost:8081";
pub(crate) const TEXT: &str = "---\nheadline: The bridge opens\nlang: en\nslug: the-bridge\nbyline: [Amina Khan]\nreferences:\n  - id: council\n    type: speech\n    title: Statement on the bridge\n    author: [{literal: \"Town council\"}]\n    issued: 2026-11-20\n    custom: {kind: statement, speaks-for: Town council}\n---\n\nThe bridge opens on Monday, the council said [@council].\n";

pub(crate) const DOCUMENT: &str = "{\"version\":2,\"document\":{\"attrs\":{\"lang\":\"en\"},\"content\":[{\"content\":[{\"text\":\"The bridge opens\",\"type\":\"text\"}],\"type\":\"headline\"},{\"type\":\"standfirst\"},{\"content\":[{\"text\":\"On Friday.\",\"type\":\"text\"}],\"type\":\"paragraph\"},{\"type\":\"paragraph\"}],\"type\":\"doc\"}}";

/// An edition, its newsroom, and what its readers see.
pub(crate) struct House {
    _home: tempfile::TempDir,
    pub(crate) dir: std::path::PathBuf,
    pub(crate) plane: Plane,
    pub(crate) site: Site,
    /// How far the letterbox's clock is ahead, ms.
    ahead: Arc<AtomicU64>,
    /// Where the rows are, if not in the folder.
    database: Option<String>,
}

impl House {
    pub(crate) fn new(four_eyes: bool) -> Self {
        Self::through(four_eyes, Gate::default())
    }

    /// The same, whose people reach addresses through `gate`.
    pub(crate) fn through(four_eyes: bool, gate: Gate) -> Self {
        Self::with(four_eyes, gate, None)
    }

    /// The same with its rows in this database.
    pub(crate) fn in_database(address: String) -> Self {
        Self::with(false, Gate::default(), Some(address))
    }

    /// The newsroom as another node on the same database has it.
    pub(crate) fn twin(&self) -> Self {
        let database = self.database.clone();
        let people = People::open(&self.dir, Arc::new(env(database.clone()))).unwrap();
        let plane = Plane::new(people, "127.0.0.1:8081".parse().unwrap()).unwrap();
        let (home, dir) = (tempfile::tempdir().unwrap(), self.dir.clone());
        let (site, ahead) = (self.site.clone(), Arc::clone(&self.ahead));
        Self { _home: home, dir, plane, site, ahead, database }
    }

    fn with(four_eyes: bool, gate: Gate, database: Option<String>) -> Self {
        let env = env(database.clone());
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let toml = format!(
            "name = \"The Lantern\"\norigin = \"news.example\"\nurl = \"https://news.example\"\nlanguages = [\"en\", \"ur\"]\nfour-eyes = {four_eyes}\n"
        );
        drop(init::edition(&dir, &toml, &env).unwrap());
        let clock = ovn_press::seal::system_clock();
        let people = People::open_through(&dir, Arc::new(env.clone()), clock, gate).unwrap();
        let told = people.clone();
        let plane = Plane::new(people, "127.0.0.1:8081".parse().unwrap()).unwrap();
        let settings = Settings::read(&dir, &env).unwrap();
        let reader = Reader::of(&dir, &settings).unwrap();
        let ahead = Arc::new(AtomicU64::new(0));
        let clock: ovn_press::seal::Clock = {
            let (ahead, system) = (Arc::clone(&ahead), ovn_press::seal::system_clock());
            Arc::new(move || system() + ahead.load(Ordering::SeqCst))
        };
        let letterbox = Letterbox::with(&dir, &settings, clock);
        let site = Site::new(settings, reader).unwrap().with_letters(Some(letterbox));
        let shown = site.clone();
        told.on_settings(Box::new(move |settings| shown.hold(settings)));
        Self { _home: home, dir, plane, site, ahead, database }
    }

    /// Follows the setup link, and is an administrator.
    pub(crate) fn first(&self) -> Browser<'_> {
        let link = self.plane.setup_link().unwrap().unwrap();
        let mut browser = Browser::new(self);
        browser.join(&link, "Amina Khan");
        browser
    }

    /// The first person, an editor, and a draft of the first one's.
    pub(crate) fn two(&self) -> (Browser<'_>, Browser<'_>, String) {
        let mut amina = self.first();
        let link = amina.invite("editor");
        let mut bilal = Browser::new(self);
        bilal.join(&link, "Bilal");
        let draft = amina.draft(TEXT);
        (amina, bilal, draft)
    }

    /// The article's form with this filled in, sent after `ms`.
    pub(crate) fn sends(&self, article: &str, fields: &[(&str, &str)], ms: u64) -> Response {
        let page = self.reads(&format!("{article}/report")).1;
        let value = |name: &str| {
            let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let (stamp, rev) = (value("stamp"), value("rev"));
        self.ahead.fetch_add(ms, Ordering::SeqCst);
        let mut all = vec![("stamp", stamp.as_str()), ("rev", rev.as_str())];
        all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        all.extend(fields);
        let request = Request::get(&format!("{article}/report")).unwrap();
        let request = Request { method: Method::POST, ..request };
        self.site.send(&request, form(&all).as_bytes(), [127, 0, 0, 1].into())
    }

    /// A letter that is taken in; its receipt's address.
    pub(crate) fn letter(&self, article: &str, fields: &[(&str, &str)]) -> String {
        let response = self.sends(article, fields, 5_000);
        assert_eq!(response.status, 303, "{}", text(&response));
        response.headers["location"].to_str().unwrap().to_owned()
    }

    /// What a reader gets.
    pub(crate) fn reads(&self, path: &str) -> (StatusCode, String) {
        let response = self.site.respond(&Request::get(path).unwrap());
        (response.status, text(&response))
    }
}

/// An environment that names this database.
fn env(database: Option<String>) -> impl Fn(&str) -> Option<String> + Clone + Send + Sync {
    move |name| database.clone().filter(|_| name == "OVN_DATABASE")
}

pub(crate) fn text(response: &Response) -> String {
    String::from_utf8(response.body.to_vec()).unwrap()
}

/// What a browser was shown.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) to: String,
    pub(crate) html: String,
    pub(crate) headers: HeaderMap,
}

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    house: &'a House,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The token of the form that was shown last.
    pub(crate) token: String,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(house: &'a House) -> Self {
        Self { house, cookies: BTreeMap::new(), token: String::new() }
    }

    /// The same browser at another node.
    pub(crate) fn at<'b>(&self, house: &'b House) -> Browser<'b> {
        Browser { house, cookies: self.cookies.clone(), token: self.token.clone() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Shown {
        self.ask(Method::GET, path, String::new(), &[("sec-fetch-site", "none")])
    }

    /// Sends a form from a page of the newsroom's own, with the token that the last page had.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let mut fields = fields.to_vec();
        let token = self.token.clone();
        if !token.is_empty() {
            fields.push(("token", &token));
        }
        let own = format!("http://{HOST}");
        self.ask(
            Method::POST,
            path,
            form(&fields),
            &[("sec-fetch-site", "same-origin"), ("origin", &own)],
        )
    }

    /// Sends JSON as the editor does.
    pub(crate) fn put(&mut self, path: &str, json: &str) -> Shown {
        let (own, token) = (format!("http://{HOST}"), self.token.clone());
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("origin", own.as_str()),
            ("content-type", "application/json"),
            ("x-form-token", token.as_str()),
        ];
        self.ask(Method::PUT, path, json.to_owned(), &headers)
    }

    /// Sends a form with a file from a page of the newsroom's own.
    pub(crate) fn send(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Shown {
        self.send_by(Method::POST, path, fields, name, file)
    }

    /// The same by some method: the token stands where a form has it and where a script puts it.
    pub(crate) fn send_by(
        &mut self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Shown {
        let token = self.token.clone();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("token", token.as_str())]) {
            let head = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        let head = format!(
            "--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend([head.as_bytes(), file, b"\r\n--cut--\r\n"].concat());
        let own = format!("http://{HOST}");
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("origin", own.as_str()),
            ("content-type", "multipart/form-data; boundary=cut"),
            ("x-form-token", token.as_str()),
        ];
        self.ask(method, path, body, &headers)
    }

    /// Sends a file as the editor does.
    pub(crate) fn put_file(&mut self, path: &str, file: &[u8]) -> Shown {
        let (own, token) = (format!("http://{HOST}"), self.token.clone());
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("origin", own.as_str()),
            ("content-type", "application/octet-stream"),
            ("x-form-token", token.as_str()),
        ];
        self.ask(Method::PUT, path, file.to_vec(), &headers)
    }

    pub(crate) fn ask(
        &mut self,
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
        headers: &[(&str, &str)],
    ) -> Shown {
        let mut ask = self.asking(method, path, headers);
        ask.body = body.into();
        let response = self.house.plane.respond(&ask);
        self.keep(&response)
    }

    /// A request with the cookies that the browser has.
    pub(crate) fn asking(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Ask {
        let mut map = HeaderMap::new();
        let mut put = |name: &str, value: &str| {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, HeaderValue::from_str(value).unwrap());
        };
        put("host", HOST);
        put("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        if method == Method::POST && !headers.iter().any(|(name, _)| *name == "content-type") {
            put("content-type", "application/x-www-form-urlencoded");
        }
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            put("cookie", &cookies.join("; "));
        }
        for (name, value) in headers {
            put(name, value);
        }
        let path = path.strip_prefix("http://localhost:8081").unwrap_or(path);
        Ask {
            method,
            uri: path.parse().unwrap(),
            headers: map,
            body: Bytes::new(),
            address: [127, 0, 0, 1].into(),
        }
    }

    fn keep(&mut self, response: &Response) -> Shown {
        for cookie in response.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        let html = String::from_utf8_lossy(&response.body).into_owned();
        if let Some((_, rest)) = html.split_once("name=\"token\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.token);
        }
        let to = response.headers.get("location");
        let to = to.map_or(String::new(), |to| to.to_str().unwrap().to_owned());
        Shown { status: response.status.as_u16(), to, html, headers: response.headers.clone() }
    }

    /// Joins by a link.
    pub(crate) fn join(&mut self, link: &str, name: &str) {
        self.join_in(link, name, "en");
    }

    pub(crate) fn join_in(&mut self, link: &str, name: &str, lang: &str) {
        assert_eq!(self.get(link).status, 200);
        let fields =
            [("name", name), ("passphrase", PASSPHRASE), ("again", PASSPHRASE), ("lang", lang)];
        let shown = self.post(link, &fields);
        assert_eq!(shown.status, 200, "{}", shown.html);
        assert_eq!(shown.html.matches("<li><code>").count(), 8, "{}", shown.html);
        assert_eq!(self.get("/").status, 200);
    }

    pub(crate) fn sign_in(&mut self, name: &str) -> Shown {
        self.post("/sign-in", &[("name", name), ("passphrase", PASSPHRASE)])
    }

    /// A link by which somebody else joins.
    pub(crate) fn invite(&mut self, role: &str) -> String {
        self.get("/people");
        let shown = self.post("/people/invite", &[("role", role)]);
        let (_, rest) = shown.html.split_once("value=\"http://localhost:8081/join/").unwrap();
        format!("/join/{}", rest.split('"').next().unwrap())
    }

    /// Begins a draft with this text; its path.
    pub(crate) fn draft(&mut self, text: &str) -> String {
        self.get("/");
        let begun = self.post("/drafts", &[("lang", "en")]);
        assert_eq!(begun.status, 303, "{}", begun.html);
        self.get(&begun.to);
        let saved = self.post(&begun.to, &[("version", "1"), ("text", text)]);
        assert_eq!(
            (saved.status, saved.to.as_str()),
            (303, format!("{}?did=saved", begun.to).as_str())
        );
        begun.to
    }

    /// Schedules a draft's second version for a day from now; the moment.
    pub(crate) fn schedule(&mut self, draft: &str) -> String {
        let path = format!("{draft}/schedule");
        let moment = tomorrow(&self.get(&path).html);
        let done = self.post(&path, &[("version", "2"), ("moment", &moment)]);
        assert_eq!(done.status, 303, "{}", done.html);
        moment
    }
}

/// A day from now, as the form has it.
pub(crate) fn tomorrow(form: &str) -> String {
    let min = form.split_once(" min=\"").unwrap().1;
    let day: jiff::civil::DateTime = min.split('"').next().unwrap().parse().unwrap();
    (day + jiff::Span::new().days(1)).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Fields as browsers encode them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| {
        let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}
