//! `ovn user`: the way into the newsroom for whoever runs the server.

use super::environment;
use crate::{
    args::{Invite, User},
    newsroom,
    outcome::Outcome,
};
use ovn_press::people::Role;
use ovn_store::{Settings, settings::Newsroom};
use serde_json::json;
use std::sync::Arc;

pub(super) fn run(user: &User, json: bool) -> Outcome {
    let User::Invite(invite) = user;
    match link(invite) {
        Ok(link) => Outcome::good(link.clone()).in_json(json, &json!({ "link": link })),
        Err(why) => Outcome::unknown(why),
    }
}

fn link(invite: &Invite) -> Result<String, String> {
    let wrong = || {
        format!(
            "there is no role {:?}; there are reporter, editor, publisher and administrator",
            invite.role
        )
    };
    let role = Role::from_word(&invite.role).ok_or_else(wrong)?;
    let settings = Settings::read(&invite.dir, &environment).map_err(|error| error.to_string())?;
    let address = match settings.newsroom() {
        Newsroom::Off => return Err("the newsroom is off; set newsroom in ovn.toml".into()),
        Newsroom::Default(address) | Newsroom::Set(address) => address,
    };
    let (people, plane) = newsroom::plane(&invite.dir, Arc::new(environment), address)?;
    let token = people.invite_by_operator(role).map_err(|error| error.to_string())?;
    Ok(plane.link(&token))
}
