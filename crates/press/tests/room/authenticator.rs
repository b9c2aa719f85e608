//! A passkey as a phone keeps one: it signs what it is asked, and lies where a test wants it to (WebAuthn Level 3, 6 and 7).
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use ovn_tlog::encoding::{from_base64, to_base64};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

pub(crate) const PRESENT: u8 = 0x01;
pub(crate) const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// An authenticator with one passkey.
pub(crate) struct Authenticator {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    pub(crate) credential: Vec<u8>,
    pub(crate) user: Vec<u8>,
    /// The counter that the next answer tells.
    pub(crate) counter: u32,
    pub(crate) origin: String,
    pub(crate) host: String,
    pub(crate) flags: u8,
}

impl Authenticator {
    pub(crate) fn new(number: u8) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap();
        let (origin, host) = ("http://localhost:8081".into(), "localhost".into());
        let (credential, flags) = (vec![number; 20], PRESENT | VERIFIED);
        Self { pair, random, credential, user: Vec::new(), counter: 1, origin, host, flags }
    }

    /// Makes the passkey that `options` ask for.
    pub(crate) fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.user = from_url(options["user"]["id"].as_str().unwrap());
        let client = self.client("webauthn.create", &options);
        let data = self.data(ATTESTED);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response = json!({"clientDataJSON": url(&client), "attestationObject": url(&object)});
        self.answer(&response)
    }

    /// Answers what `options` ask.
    pub(crate) fn get(&self, options: &str) -> String {
        let client = self.client("webauthn.get", &serde_json::from_str(options).unwrap());
        let data = self.data(0);
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, &client).as_ref());
        let signature = self.pair.sign(&self.random, &signed).unwrap();
        let response = json!({"clientDataJSON": url(&client), "authenticatorData": url(&data),
            "signature": url(signature.as_ref()), "userHandle": url(&self.user)});
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> String {
        let id = url(&self.credential);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {}})
            .to_string()
    }

    fn client(&self, what: &str, options: &Value) -> Vec<u8> {
        let challenge = options["challenge"].as_str().unwrap();
        let origin = &self.origin;
        let client =
            json!({"type": what, "challenge": challenge, "origin": origin, "crossOrigin": false});
        client.to_string().into_bytes()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        if more & ATTESTED != 0 {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.credential.len()).unwrap().to_be_bytes());
            data.extend(&self.credential);
            let public = self.pair.public_key().as_ref();
            // COSE_Key (RFC 9053): EC2, ES256, P-256, x, y.
            data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
            data.extend(&public[1..33]);
            data.extend([0x22, 0x58, 0x20]);
            data.extend(&public[33..65]);
        }
        data
    }
}

fn url(bytes: &[u8]) -> String {
    to_base64(bytes).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

fn from_url(text: &str) -> Vec<u8> {
    let padded = format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
    from_base64(&padded.replace('-', "+").replace('_', "/")).unwrap()
}
