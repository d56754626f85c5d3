"""What discovery refuses."""

from spoiwo.kernel.errors import DomainError


class DiscoveryError(DomainError):
    """Any refusal of the context."""


class NoSuchRound(DiscoveryError):
    """No round of this id within the actor's reach."""


class NoSuchAgreement(DiscoveryError):
    """No agreement in force between two institutions of which the actor's is one."""


class RoundOpen(DiscoveryError):
    """A round of this agreement waits for tokens."""


class TooSoon(DiscoveryError):
    """The last round of this agreement was too short ago: `days` have to pass."""

    def __init__(self, days: int):
        super().__init__(str(days))
        self.days = days


class Unreadable(DiscoveryError):
    """The file is none of ours, was cut off or altered."""


class NotForThisRound(DiscoveryError):
    """The file was made for another agreement or another round."""


class BadSignature(DiscoveryError):
    """The signature does not fit, or another office signed."""


class OwnKeyTwice(DiscoveryError):
    """Both offices would use one key: each has to make its own."""


class TooManyRows(DiscoveryError):
    """More rows than the agreement's round allows."""

    def __init__(self, most: int):
        super().__init__(str(most))
        self.most = most


class AlreadySent(DiscoveryError):
    """The office has sent its tokens for this round."""


class NotJoinedYet(DiscoveryError):
    """The other office has not sent its tokens yet."""


class UnknownLinks(DiscoveryError):
    """The parcel names people whom the round did not find, or who have left it."""

    def __init__(self, count: int):
        super().__init__(str(count))
        self.count = count


class BadConfiguration(DiscoveryError):
    """The connector's file of configuration cannot be used; `what` names the entry."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what


class CannotOpen(DiscoveryError):
    """A sealed field was not sealed for this office, or was altered."""


class UnknownKey(DiscoveryError):
    """No office has connected a connector with this key, it was disconnected, or whoever connected it is no
    registrar any more.
    """


class WrongCode(DiscoveryError):
    """The code is none that was given out, was used, or is too old."""


class TooLate(DiscoveryError):
    """The request is a repetition, or the clocks of the office and the platform are too far apart."""


class PlatformRefused(DiscoveryError):
    """The platform said no; `reason` is its sentence."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class PlatformSilent(DiscoveryError):
    """The platform cannot be reached; `reason` is the network's."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class WhichRound(DiscoveryError):
    """Comparisons with several offices stand under the agreement: `names`; the configuration has to say which."""

    def __init__(self, names: str):
        super().__init__(names)
        self.names = names
