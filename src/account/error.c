#include "account/error.h"

const struct error ACCOUNT_UNKNOWN = { "account-unknown", 404, EXIT_NO,
                                       "there is no such account" };
const struct error ACCOUNT_ADDRESS = { "not-an-address", 422, EXIT_INPUT,
                                       "this is not a mail address" };
const struct error ACCOUNT_TOO_OFTEN = { "too-often", 429, EXIT_NO,
                                         "this was tried too often; please wait and try again" };
const struct error ACCOUNT_SIGN_IN = { "sign-in-refused", 403, EXIT_NO,
                                       "the address or the password is not right" };
const struct error ACCOUNT_CODE = { "code-refused", 403, EXIT_NO,
                                    "the code is not right, or was used already" };
const struct error ACCOUNT_PASSKEY = { "passkey-refused", 403, EXIT_NO,
                                       "signing in with this passkey did not work" };
const struct error ACCOUNT_LINK = { "link-useless", 410, EXIT_NO,
                                    "the link does not work any more; ask for a new one" };
const struct error ACCOUNT_LINK_BROWSER = {
    "link-other-browser", 403, EXIT_NO,
    "the link works only in the browser in which it was asked for"
};
const struct error ACCOUNT_LINK_EARLY = { "link-early", 409, EXIT_NO,
                                          "the link does not work yet; keep it until it does" };
const struct error ACCOUNT_BLOCKED = { "account-blocked", 403, EXIT_NO,
                                       "the account is blocked; please write to the office" };
const struct error ACCOUNT_CLOSED = { "account-closed", 410, EXIT_NO, "the account is closed" };
const struct error ACCOUNT_SIGN_IN_FIRST = {
    "sign-in-first", 409, EXIT_NO,
    "this address has an account already; sign in, then open the link again"
};
const struct error ACCOUNT_SESSION = { "not-signed-in", 401, EXIT_NO,
                                       "nobody is signed in here, or not any more" };
const struct error ACCOUNT_STEP_UP = { "sign-in-again", 403, EXIT_NO,
                                       "please show once more who you are; it was a while ago" };
const struct error ACCOUNT_NOT_PERMITTED = { "not-permitted", 403, EXIT_NO,
                                             "this takes a role that you do not have" };
const struct error ACCOUNT_HAS_ADDRESS = { "address-known", 409, EXIT_NO,
                                           "the address belongs to this account already" };
const struct error ACCOUNT_ADDRESS_TAKEN = { "address-taken", 409, EXIT_NO,
                                             "another account has this address by now" };
const struct error ACCOUNT_LAST_ADDRESS = {
    "address-primary", 409, EXIT_NO,
    "the primary address cannot be removed; make another one primary first"
};
const struct error ACCOUNT_ADDRESS_UNKNOWN = { "address-unknown", 404, EXIT_NO,
                                               "the account has no such address" };
const struct error ACCOUNT_HAS_PERSON = { "account-claimed", 409, EXIT_NO,
                                          "the account belongs to somebody in the register" };
const struct error ACCOUNT_PERSON_TAKEN = { "person-claimed", 409, EXIT_NO,
                                            "this person has an account already" };
const struct error ACCOUNT_CLAIM_OPEN = { "claim-open", 409, EXIT_NO,
                                          "a request of this account waits for its decision" };
const struct error ACCOUNT_CLAIM_UNKNOWN = { "claim-unknown", 404, EXIT_NO,
                                             "there is no such request" };
const struct error ACCOUNT_DECIDED = { "decided", 409, EXIT_NO, "this was decided already" };
const struct error ACCOUNT_STATEMENT = { "statement", 422, EXIT_INPUT,
                                         "a statement or reason has 1 to 4,000 bytes" };
const struct error ACCOUNT_OWN_CASE = { "own-case", 403, EXIT_NO,
                                        "nobody decides on their own request" };
const struct error ACCOUNT_SAME_OFFICER = { "same-officer", 403, EXIT_NO,
                                            "a second officer has to approve this" };
const struct error ACCOUNT_OTHER_ACCOUNT = {
    "other-account", 409, EXIT_NO, "the first officer approved this for another account"
};
const struct error ACCOUNT_RECOVERY_UNKNOWN = { "recovery-unknown", 404, EXIT_NO,
                                                "there is no such request" };
const struct error ACCOUNT_SECOND_STEP = { "second-step", 409, EXIT_NO,
                                           "the account's second step does not fit this" };
const struct error ACCOUNT_PASSKEY_UNKNOWN = { "passkey-unknown", 404, EXIT_NO,
                                               "the account has no such passkey" };
const struct error ACCOUNT_PASSKEY_TWICE = { "passkey-known", 409, EXIT_NO,
                                             "this passkey is known already" };
const struct error ACCOUNT_NAME = { "name", 422, EXIT_INPUT, "a name has 1 to 200 bytes" };
const struct error ACCOUNT_TOKEN = { "token-refused", 401, EXIT_NO,
                                     "there is no such token, or not any more" };
const struct error ACCOUNT_TOKEN_SCOPE = { "token-scope", 422, EXIT_INPUT,
                                           "a token needs scopes, and cannot have this one" };
const struct error ACCOUNT_TOKEN_TERM = { "token-term", 422, EXIT_INPUT,
                                          "a token ends today or later, within a year" };
const struct error ACCOUNT_TOKEN_UNKNOWN = { "token-unknown", 404, EXIT_NO,
                                             "there is no such token" };
