using OnboardingPortal.Core.DataSync;

namespace OnboardingPortal.App.Features.DataSync;

/// <summary>Who has to act when a sync cannot run.</summary>
public enum SyncHand
{
    /// <summary>Anybody of the agency.</summary>
    Agency,

    /// <summary>A main user of the agency.</summary>
    MainUser,

    /// <summary>The client, whom the agency tells.</summary>
    Client,

    /// <summary>Nobody: it goes on by itself.</summary>
    Nobody,
}

/// <summary>What the agency can press when a sync cannot run.</summary>
public enum SyncRemedy
{
    /// <summary>It is tried once more, as a plan where the plan failed.</summary>
    TryAgain,

    /// <summary>Leads to the request, from where the client gets the link again; to a new one when that is completed.</summary>
    SendReconnectLink,

    /// <summary>Leads to the agency's Facebook users.</summary>
    SignInAtFacebook,

    /// <summary>What is sent as what is chosen anew.</summary>
    ChooseColumns,

    /// <summary>Whom of the list is taken is chosen anew.</summary>
    ChangeFilter,

    /// <summary>The audience gets another name at Facebook.</summary>
    RenameAudience,

    /// <summary>The sync goes, and its audience with it.</summary>
    DeleteAudience,

    /// <summary>Leads to a new sync.</summary>
    StartOver,
}

/// <summary>The way out of a problem.</summary>
/// <param name="Hand">Who acts.</param>
/// <param name="Remedy">What the agency can press.</param>
public sealed record SyncCure(SyncHand Hand, SyncRemedy Remedy);

/// <summary>The way out of each problem. Its words are <c>Problem…</c>, <c>Do…</c>, <c>Hand…</c> and <c>Remedy…</c>, and for what the
/// client has to do a note to forward, <c>Note…</c>.</summary>
public static class SyncCures
{
    private static readonly Dictionary<SyncProblem, SyncCure> All = new()
    {
        [SyncProblem.SourceSignInOver] = new(SyncHand.Client, SyncRemedy.SendReconnectLink),
        [SyncProblem.SourceRefused] = new(SyncHand.Client, SyncRemedy.SendReconnectLink),
        [SyncProblem.EditionWithoutApi] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.ListGone] = new(SyncHand.Agency, SyncRemedy.StartOver),
        [SyncProblem.ColumnGone] = new(SyncHand.Agency, SyncRemedy.ChooseColumns),
        [SyncProblem.HeaderRenamed] = new(SyncHand.Agency, SyncRemedy.ChooseColumns),
        [SyncProblem.FilterFieldGone] = new(SyncHand.Agency, SyncRemedy.ChangeFilter),
        [SyncProblem.NoLeadForms] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.SourceQuota] = new(SyncHand.Nobody, SyncRemedy.TryAgain),
        [SyncProblem.SourceTrouble] = new(SyncHand.Nobody, SyncRemedy.TryAgain),
        [SyncProblem.NobodyToSend] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.NobodyMeetsFilter] = new(SyncHand.Agency, SyncRemedy.ChangeFilter),
        [SyncProblem.AdAccountLost] = new(SyncHand.Client, SyncRemedy.SendReconnectLink),
        [SyncProblem.FacebookSignInOver] = new(SyncHand.MainUser, SyncRemedy.SignInAtFacebook),
        [SyncProblem.AccountDisabled] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.TermsNotAccepted] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.TermsOfOtherBusiness] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.BusinessToolsTerms] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.NoWriteRight] = new(SyncHand.Client, SyncRemedy.SendReconnectLink),
        [SyncProblem.NoBusiness] = new(SyncHand.Client, SyncRemedy.TryAgain),
        [SyncProblem.AudienceFlagged] = new(SyncHand.Agency, SyncRemedy.RenameAudience),
        [SyncProblem.AudienceBeyondRepair] = new(SyncHand.Agency, SyncRemedy.DeleteAudience),
        [SyncProblem.AudienceGone] = new(SyncHand.Agency, SyncRemedy.StartOver),
        [SyncProblem.TooManyAudiences] = new(SyncHand.Agency, SyncRemedy.TryAgain),
        [SyncProblem.TooSmallToRemove] = new(SyncHand.Agency, SyncRemedy.DeleteAudience),
        [SyncProblem.SessionExpired] = new(SyncHand.Agency, SyncRemedy.TryAgain),
        [SyncProblem.TooBigToReplace] = new(SyncHand.Agency, SyncRemedy.StartOver),
        [SyncProblem.Quota] = new(SyncHand.Nobody, SyncRemedy.TryAgain),
        [SyncProblem.FacebookTrouble] = new(SyncHand.Nobody, SyncRemedy.TryAgain),
    };

    /// <summary>The way out of a problem.</summary>
    public static SyncCure Of(SyncProblem problem) => All[problem];
}
