using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>
/// Makes drafts at Facebook, each once, although Facebook knows no key for that: before it is told to make something, that it is told is
/// written down; and what was told before is looked for by the draft's mark until it could no longer be on its way. A node that dies
/// leaves a row from which another goes on.
/// </summary>
internal sealed partial class CampaignMaking(
    PortalDbContextFactory contexts, FacebookCampaigns campaigns, AgencyFacebookService facebookUsers, CampaignSignal signal,
    RoundItems items, TimeProvider clock, ILogger<CampaignMaking> logger)
    : LeasedWork<CampaignDraft, CampaignDraftId>(contexts, items, signal, clock)
{
    /// <summary>How long after a call its work may still appear: longer than a call may take.</summary>
    public static readonly TimeSpan Settling = 2 * PlatformTransport.Timeout;

    /// <summary>How long it is until what an answer was lost of is looked for again.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClearAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override RoundKind Kind => RoundKind.Campaign;

    /// <inheritdoc />
    protected override int AtOnce => 4;

    /// <inheritdoc />
    protected override Leases<CampaignDraft> Leases { get; } = new(TimeSpan.FromMinutes(2), d => d.LeasedUntil);

    /// <inheritdoc />
    protected override Expression<Func<CampaignDraft, CampaignDraftId>> Id => d => d.Id;

    /// <summary>Goes on with one draft now, unless another node does.</summary>
    public async Task MakeNowAsync(AgencyId agency, CampaignDraftId id, CancellationToken cancellationToken)
    {
        var end = Leases.EndFrom(Clock.GetUtcNow());
        await using var db = Contexts.Create(agency);
        var mine = Leases.Free(Due(db.CampaignDrafts.Where(d => d.Id == id)), Clock.GetUtcNow());
        if (await Leases.ClaimAsync(mine, end, null, cancellationToken) == 0) return;
        var row = await db.CampaignDrafts.AsNoTracking().SingleAsync(d => d.Id == id, cancellationToken);
        var lease = new Lease<CampaignDraft>(Leases, Contexts, agency, own => own.CampaignDrafts.Where(d => d.Id == id), end, Clock);
        try
        {
            await GoOnAsync(row, lease, cancellationToken);
        }
        catch (LeaseLostException)
        {
            return; // another node goes on with it
        }

        await lease.HandBackAsync(null, CancellationToken.None);
    }

    /// <inheritdoc />
    protected override IQueryable<CampaignDraft> Due(IQueryable<CampaignDraft> rows)
    {
        var now = Clock.GetUtcNow();
        return rows.Where(d => d.NextTryAt <= now
            && (d.State == CampaignState.Making || d.State == CampaignState.OutcomeUnknown
                || (d.State == CampaignState.Refused && d.CampaignId != null)));
    }

    /// <inheritdoc />
    protected override async Task<Turn> DoAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, RoundItems.Round round, CancellationToken cancellationToken) =>
        new(await GoOnAsync(row, lease, cancellationToken) ? 1 : 0, MayGoOn: true);

    /// <returns>Whether it stands at Facebook now.</returns>
    private async Task<bool> GoOnAsync(CampaignDraft row, Lease<CampaignDraft> lease, CancellationToken cancellationToken)
    {
        var token = await facebookUsers.TokenOfAsync(row.AgencyId, row.FacebookUserId, cancellationToken);
        if (!token.Succeeded) return await PutOffAsync(row, lease, token.Error, cancellationToken);
        if (row.State == CampaignState.Refused) return await ClearAsync(row, lease, token.Value, cancellationToken);

        var campaign = row.CampaignId;
        if (campaign is null)
        {
            var made = await MakeCampaignAsync(row, lease, token.Value, cancellationToken);
            if (!made.Succeeded) return await PutOffAsync(row, lease, made.Error, cancellationToken);
            campaign = made.Value;
            await lease.RenewAsync(set => set.SetProperty(d => d.CampaignId, campaign), cancellationToken);
        }

        var adSet = row.AdSetId;
        if (adSet is null)
        {
            var made = await MakeAdSetAsync(row, campaign, lease, token.Value, cancellationToken);
            if (made.Error is CampaignRefused refused)
                return await RefuseAsync(row, campaign, lease, refused, token.Value, cancellationToken);
            if (!made.Succeeded) return await PutOffAsync(row, lease, made.Error, cancellationToken);
            adSet = made.Value;
            await lease.RenewAsync(set => set.SetProperty(d => d.AdSetId, adSet), cancellationToken);
        }

        var found = await campaigns.FindAsync(token.Value, campaign, cancellationToken);
        if (!found.Succeeded) return await PutOffAsync(row, lease, found.Error, cancellationToken);
        return await StandAsync(row, lease, found.Value, cancellationToken);
    }

    private async Task<Result<string>> MakeCampaignAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, AccessToken token, CancellationToken cancellationToken)
    {
        if (row.CampaignAskedAt is { } asked)
        {
            var found = await campaigns.SearchAsync(token, row.AdAccount, row.Mark, cancellationToken);
            if (!found.Succeeded) return found.Error;
            if (found.Value is [var first, ..]) return first.Id;
            if (asked + Settling > Clock.GetUtcNow()) return Open;
        }

        var now = Clock.GetUtcNow();
        await lease.RenewAsync(set => set.SetProperty(d => d.CampaignAskedAt, now), cancellationToken);
        return await campaigns.CreateAsync(token, row.AdAccount, OrderOf(row.FullName, row.Terms, row.Currency), cancellationToken);
    }

    private async Task<Result<string>> MakeAdSetAsync(
        CampaignDraft row, string campaign, Lease<CampaignDraft> lease, AccessToken token, CancellationToken cancellationToken)
    {
        if (row.AdSetAskedAt is { } asked)
        {
            var found = await campaigns.SearchAdSetsAsync(token, campaign, row.Mark, cancellationToken);
            if (!found.Succeeded) return found.Error;
            if (found.Value is [var first, ..]) return first.Id;
            if (asked + Settling > Clock.GetUtcNow()) return Open;
        }

        var now = Clock.GetUtcNow();
        await lease.RenewAsync(set => set.SetProperty(d => d.AdSetAskedAt, now), cancellationToken);
        var terms = row.Terms;
        var zone = CampaignTermsValidator.ZoneOf(row.TimeZone);
        return await campaigns.CreateAdSetAsync(
            token, row.AdAccount,
            new AdSetOrder(
                campaign, row.FullName, terms.Objective, row.Page, terms.Countries, terms.Audiences, terms.WidensAudience,
                InZone(terms.Start, zone), InZone(terms.End, zone), Named(terms.Beneficiary), Named(terms.Payor)),
            cancellationToken);
    }

    /// <summary>What is ordered at Facebook.</summary>
    internal static CampaignOrder OrderOf(string name, CampaignTerms terms, string currency)
    {
        var budget = CampaignMoney.ToUnits(terms.Budget, currency);
        return new CampaignOrder(
            name, terms.Objective, terms.Categories, terms.Categories.Count > 0 ? terms.CategoryCountries : [],
            terms.BudgetKind == CampaignBudget.Daily ? budget : null, terms.BudgetKind == CampaignBudget.Lifetime ? budget : null);
    }

    private static PlatformFailure Open => new(FacebookDefaults.Key, PlatformFailureKind.Unreachable);

    private static string? Named(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    private static DateTimeOffset? InZone(DateTime? local, TimeZoneInfo zone) =>
        local is not { } time ? null : TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone);

    /// <summary>It stands at Facebook, as what was read there says.</summary>
    private async Task<bool> StandAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, FoundCampaign found, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var (state, next) = (CampaignCheck.StateOf(found.Run), now + CampaignCheck.Every);
        return await WriteAsync(
            row, lease,
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.Failure, (PlatformFailureKind?)null)
                .SetProperty(d => d.Issues, found.Issues).SetProperty(d => d.CheckedAt, now).SetProperty(d => d.NextCheckAt, next),
            AuditKind.CampaignDrafted, cancellationToken);
    }

    /// <summary>The ad set was refused: what there is of the draft is deleted, and the form shows why.</summary>
    private async Task<bool> RefuseAsync(
        CampaignDraft row, string campaign, Lease<CampaignDraft> lease, CampaignRefused refused, AccessToken token,
        CancellationToken cancellationToken)
    {
        await lease.RenewAsync(set => SetRefused(set, refused).SetProperty(d => d.CampaignId, campaign), cancellationToken);
        return await ClearAsync(row, lease, token, campaign, cancellationToken);
    }

    private Task<bool> ClearAsync(CampaignDraft row, Lease<CampaignDraft> lease, AccessToken token, CancellationToken cancellationToken) =>
        ClearAsync(row, lease, token, row.CampaignId!, cancellationToken);

    private async Task<bool> ClearAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, AccessToken token, string campaign, CancellationToken cancellationToken)
    {
        var refusal = await campaigns.DeleteAsync(token, campaign, cancellationToken);
        var found = await campaigns.FindAsync(token, campaign, cancellationToken);
        var again = Clock.GetUtcNow() + (refusal is null ? LookAgain : ClearAgain);
        if (found is { Succeeded: true, Value.Run: CampaignRun.Gone })
        {
            await lease.RenewAsync(
                set => set.SetProperty(d => d.CampaignId, (string?)null).SetProperty(d => d.CampaignAskedAt, (DateTimeOffset?)null)
                    .SetProperty(d => d.AdSetAskedAt, (DateTimeOffset?)null), cancellationToken);
        }
        else
        {
            await lease.RenewAsync(set => set.SetProperty(d => d.NextTryAt, again), cancellationToken);
        }

        return false;
    }

    /// <summary>Goes on later, or never: what Facebook refused stays so until somebody corrects it.</summary>
    private async Task<bool> PutOffAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, PortalError error, CancellationToken cancellationToken)
    {
        if (error is CampaignRefused refused)
        {
            await lease.RenewAsync(
                set => SetRefused(set, refused).SetProperty(d => d.CampaignAskedAt, (DateTimeOffset?)null), cancellationToken);
            return false;
        }

        var failure = (PlatformFailure)error;
        var isOpen = CampaignRefusals.LeavesOpen(failure);
        var (state, next) = (
            isOpen ? CampaignState.OutcomeUnknown : row.State, Clock.GetUtcNow() + (isOpen ? LookAgain : failure.RetryAfter ?? TryAgain));
        LogPutOff(row.Id, failure.Kind);
        await lease.RenewAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.NextTryAt, next)
                .SetProperty(d => d.Failure, isOpen ? null : (PlatformFailureKind?)failure.Kind), cancellationToken);
        return false;
    }

    private static UpdateSettersBuilder<CampaignDraft> SetRefused(UpdateSettersBuilder<CampaignDraft> set, CampaignRefused refused)
    {
        var words = refused.UserText is { } text ? ForeignText.Fit(text, CampaignDraft.TextMaxLength) : null;
        return set.SetProperty(d => d.State, CampaignState.Refused).SetProperty(d => d.Problem, refused.Problem)
            .SetProperty(d => d.Field, refused.Field).SetProperty(d => d.ProblemText, words)
            .SetProperty(d => d.Failure, (PlatformFailureKind?)null);
    }

    private async Task<bool> WriteAsync(
        CampaignDraft row, Lease<CampaignDraft> lease, Action<UpdateSettersBuilder<CampaignDraft>> set, AuditKind kind,
        CancellationToken cancellationToken)
    {
        var until = lease.Until;
        await using var db = Contexts.Create(row.AgencyId);
        var by = new Actor(ActorKind.AgencyUser, row.UserId.Value, row.UserName, null);
        var still = Leases.Under(db.CampaignDrafts.Where(d => d.Id == row.Id), until);
        if (!await db.WriteAsync(still, set, row.Note(kind, by, Clock), cancellationToken)) throw new LeaseLostException();
        return true;
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Campaign {Campaign} is put off: {Failure}")]
    private partial void LogPutOff(CampaignDraftId campaign, PlatformFailureKind failure);
}
