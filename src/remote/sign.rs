//! Signing requests with the credentials of the environment or of the standard files. Each service has its
//! own way; what is common is that nothing of a key is ever printed or kept.

mod azure;

use std::env;
use std::fs;
use std::io::Read;
use std::time::Duration;

use http::header::{AUTHORIZATION, HeaderValue};
use http::request::Parts;
use reqsign_core::{
    Context, Error, FileRead, HttpSend, OsEnv, ProvideCredential, SignRequest, Signer, SigningCredential,
};
use ureq::Agent;

use super::TargetTrouble;
use crate::diag::Words;
use azure::Azure;

/// Signs requests to one service.
pub(super) enum RequestSigner {
    Aws(Signer<reqsign_aws_v4::Credential>),
    Oss(Signer<reqsign_aliyun_oss::Credential>),
    Cos(Signer<reqsign_tencent_cos::Credential>),
    Azure(Azure),
    /// What the server is told as it is.
    GivenHeader(HeaderValue),
    /// Nobody asks who is there.
    Nobody,
}

impl RequestSigner {
    /// The key of a store that signs as Amazon's.
    pub(super) fn aws(region: &str) -> Self {
        let request = reqsign_aws_v4::RequestSigner::new("s3", region);
        Self::Aws(signer(reqsign_aws_v4::DefaultCredentialProvider::new(), request))
    }

    /// The key of Alibaba's; the newest way of signing needs a region.
    pub(super) fn oss(bucket: &str, region: Option<&str>) -> Self {
        use reqsign_aliyun_oss::{DefaultCredentialProvider, RequestSigner, SigningVersion};
        let request = RequestSigner::new(bucket);
        let request = match region {
            Some(region) => request.with_region(region).with_signing_version(SigningVersion::V4),
            None => request,
        };
        Self::Oss(signer(DefaultCredentialProvider::new(), request))
    }

    /// The key of Tencent's.
    pub(super) fn cos() -> Self {
        use reqsign_tencent_cos::{DefaultCredentialProvider, RequestSigner};
        Self::Cos(signer(DefaultCredentialProvider::new(), RequestSigner::new()))
    }

    /// The key of an account of Azure's.
    pub(super) fn azure(account: &str) -> Result<Self, TargetTrouble> {
        Azure::of(account).map(Self::Azure)
    }

    /// A token of Google's, as `gcloud auth print-access-token` gives it.
    pub(super) fn google() -> Result<Self, TargetTrouble> {
        let token = environment_value(&["GOOGLE_OAUTH_ACCESS_TOKEN", "CLOUDSDK_AUTH_ACCESS_TOKEN"]);
        let token = token.ok_or_else(|| missing("GOOGLE_OAUTH_ACCESS_TOKEN"))?;
        Self::told(&format!("Bearer {token}"))
    }

    /// What is told as it is, such as a token.
    pub(super) fn told(text: &str) -> Result<Self, TargetTrouble> {
        let mut value = HeaderValue::from_str(text).map_err(|_| {
            TargetTrouble::new("密钥里有不能用的字符", "the key has characters that cannot be sent")
        })?;
        value.set_sensitive(true);
        Ok(Self::GivenHeader(value))
    }

    /// Signs a request, the headers of which are complete, with a body of this size.
    pub(super) fn sign(&self, parts: &mut Parts, size: u64) -> Result<(), TargetTrouble> {
        match self {
            Self::Aws(key) => wait(key.sign(parts, None)),
            Self::Oss(key) => wait(key.sign(parts, None)),
            Self::Cos(key) => wait(key.sign(parts, None)),
            Self::Azure(key) => key.sign(parts, size),
            Self::GivenHeader(value) => {
                parts.headers.insert(AUTHORIZATION, value.clone());
                Ok(())
            }
            Self::Nobody => Ok(()),
        }
    }
}

/// The region that the environment names.
pub(super) fn region() -> Option<String> {
    environment_value(&["AWS_REGION", "AWS_DEFAULT_REGION"])
}

/// The account of Azure's that the environment names.
pub(super) fn azure_account() -> Option<String> {
    environment_value(&["AZURE_STORAGE_ACCOUNT_NAME", "AZURE_STORAGE_ACCOUNT"])
}

/// What the environment says under the first of these names that it has.
pub(super) fn environment_value(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| env::var(name).ok()).filter(|value| !value.is_empty())
}

/// Says that the environment has no such name.
pub(super) fn missing(name: &str) -> TargetTrouble {
    TargetTrouble::new(
        format!("没有可用的密钥：请设置环境变量 {name}，见 docs/zh-CN/publishing.md"),
        format!("there is no key to sign with: set {name} in the environment, see docs/publishing.md"),
    )
}

fn signer<C: SigningCredential>(
    provider: impl ProvideCredential<Credential = C>,
    request: impl SignRequest<Credential = C>,
) -> Signer<C> {
    let context =
        Context::new().with_env(OsEnv).with_file_read(CredentialFiles).with_http_send(Metadata::new());
    Signer::new(context, provider, request)
}

/// Waits for what is asynchronous by its interface alone: files and answers are read as they come.
fn wait(signing: impl Future<Output = reqsign_core::Result<()>>) -> Result<(), TargetTrouble> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().build().map_err(TargetTrouble::of("tokio"))?;
    runtime
        .block_on(signing)
        .map_err(|error| TargetTrouble { words: unsigned(&error), is_passing: error.is_retryable() })
}

/// Why nothing could be signed. What a provider says may name a file, and never a key.
fn unsigned(error: &Error) -> Words {
    let kind = error.kind();
    Words::new(
        format!("没有可用的密钥（{kind}）：请设置环境变量，见 docs/zh-CN/publishing.md"),
        format!("there is no key to sign with ({kind}): set it in the environment, see docs/publishing.md"),
    )
}

/// Reads the standard files of credentials.
#[derive(Debug)]
struct CredentialFiles;

impl FileRead for CredentialFiles {
    async fn file_read(&self, path: &str) -> reqsign_core::Result<Vec<u8>> {
        fs::read(path)
            .map_err(|error| Error::unexpected("a file of credentials cannot be read").with_source(error))
    }
}

/// Asks the services that give credentials to machines in a cloud.
#[derive(Debug)]
struct Metadata(Agent);

/// Outside of a cloud nobody answers, and that has to be known soon.
const NOBODY: Duration = Duration::from_secs(2);
/// No answer with credentials is longer, in bytes.
const LONGEST: u64 = 1 << 20;

impl Metadata {
    fn new() -> Self {
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder().tls_config(tls).http_status_as_error(false);
        let config = config.timeout_connect(Some(NOBODY)).timeout_global(Some(NOBODY * 5));
        Self(config.build().new_agent())
    }
}

impl HttpSend for Metadata {
    async fn http_send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> reqsign_core::Result<http::Response<bytes::Bytes>> {
        let (parts, body) = request.into_parts();
        let failed = |error: ureq::Error| Error::unexpected("nobody gives credentials").with_source(error);
        let answer = match body.is_empty() {
            true => self.0.run(http::Request::from_parts(parts, ())),
            false => self.0.run(http::Request::from_parts(parts, &body[..])),
        };
        let (head, body) = answer.map_err(failed)?.into_parts();
        let mut bytes = Vec::new();
        let read = body.into_with_config().limit(LONGEST).reader().read_to_end(&mut bytes);
        read.map_err(|error| Error::unexpected("an answer with credentials was cut").with_source(error))?;
        Ok(http::Response::from_parts(head, bytes.into()))
    }
}
