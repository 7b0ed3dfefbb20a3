//! The words for the choices of an operator's options, as they stand on the wire.

use super::{
    Client, DataChannel, Edition, FleetManager, Identity, Preferences, SessionType, SignIn, Whose,
};

impl Edition {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, Edition)] =
        &[("2023", Edition::Of2023), ("2025", Edition::Of2025)];
}

impl Identity {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, Identity)] =
        &[("role", Identity::Role), ("iam-user", Identity::IamUser)];
}

impl SessionType {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, SessionType)] = &[
        ("shell", SessionType::Shell),
        ("ssh", SessionType::Ssh),
        ("port-forwarding", SessionType::PortForwarding),
        ("remote-host-port-forwarding", SessionType::RemoteHostPortForwarding),
    ];
}

impl Client {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, Client)] = &[
        ("cli", Client::Cli),
        ("session-manager-console", Client::SessionManagerConsole),
        ("ec2-console", Client::Ec2Console),
    ];
}

impl DataChannel {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, DataChannel)] = &[
        ("none", DataChannel::None),
        ("own", DataChannel::Own),
        ("any", DataChannel::Any),
        ("everything", DataChannel::Everything),
    ];
}

impl Whose {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, Whose)] = &[
        ("user-name", Whose::UserName),
        ("user-id", Whose::UserId),
        ("session-tag", Whose::SessionTag),
        ("anyone", Whose::Anyone),
        ("nobody", Whose::Nobody),
    ];
}

impl SignIn {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, SignIn)] =
        &[("key-pair", SignIn::KeyPair), ("identity-center", SignIn::IdentityCenter)];
}

impl FleetManager {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, FleetManager)] =
        &[("read-only", FleetManager::ReadOnly), ("administrator", FleetManager::Administrator)];
}

impl Preferences {
    /// The words on the wire, with what they mean.
    pub const WORDS: &'static [(&'static str, Preferences)] =
        &[("edit", Preferences::Edit), ("edit-and-delete", Preferences::EditAndDelete)];
}
