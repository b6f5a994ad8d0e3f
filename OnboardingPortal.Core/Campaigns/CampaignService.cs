using FluentValidation;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Platforms.Facebook.Campaigns;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>
/// Campaigns drafted on clients' ad accounts: made paused at Facebook, with an ad account and a Page that one client granted and that work
/// now. Nothing here starts one.
/// </summary>
public sealed class CampaignService
{
    private const int MaxListed = 500;

    private readonly PortalDbContextFactory _contexts;
    private readonly FacebookCampaigns _campaigns;
    private readonly AgencyFacebookService _facebookUsers;
    private readonly CampaignMaking _making;
    private readonly CampaignAudiences _audiences;
    private readonly CampaignLinks _links;
    private readonly CampaignTermsValidator _rules;
    private readonly CampaignSignal _signal;
    private readonly TimeProvider _clock;

    internal CampaignService(
        PortalDbContextFactory contexts, FacebookCampaigns campaigns, AgencyFacebookService facebookUsers, CampaignMaking making,
        CampaignAudiences audiences, CampaignLinks links, CampaignTermsValidator rules, CampaignSignal signal, TimeProvider clock)
    {
        _contexts = contexts;
        _campaigns = campaigns;
        _facebookUsers = facebookUsers;
        _making = making;
        _audiences = audiences;
        _links = links;
        _rules = rules;
        _signal = signal;
        _clock = clock;
    }

    /// <summary>The drafts that the caller sees, the newest first; at most 500.</summary>
    public async Task<IReadOnlyList<CampaignDraft>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = _contexts.Create(caller.Agency);
        return await db.CampaignsIn(caller.Scope).AsNoTracking().OrderByDescending(d => d.Id).Take(MaxListed)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One draft; null when the caller sees none of that id.</summary>
    public async Task<CampaignDraft?> FindAsync(AgencyCaller caller, CampaignDraftId id, CancellationToken cancellationToken)
    {
        await using var db = _contexts.Create(caller.Agency);
        return await db.CampaignsIn(caller.Scope).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
    }

    /// <summary>The clients with whose grants a campaign can be drafted now, by name: each has an ad account and a Page.</summary>
    public async Task<IReadOnlyList<CampaignClient>> ListClientsAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = _contexts.Create(caller.Agency);
        var all = await db.CampaignCandidates(caller.Scope).ToListAsync(cancellationToken);
        return
        [
            .. all.GroupBy(c => c.Request).Select(client => new CampaignClient(
                client.Key, client.First().Client, Assets(client, AssetKind.AdAccount), Assets(client, AssetKind.Page)))
                .Where(c => c.AdAccounts.Count > 0 && c.Pages.Count > 0)
                .OrderBy(c => c.Name, StringComparer.CurrentCulture).ThenBy(c => c.Request.Value),
        ];

        static IReadOnlyList<CampaignAsset> Assets(IEnumerable<CampaignCandidate> all, AssetKind kind) =>
            [.. all.Where(c => c.Kind == kind).Select(c => c.ToAsset()).DistinctBy(a => a.ExternalId)
                .OrderBy(a => a.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Asks Facebook what the form needs to know of a pair.</summary>
    /// <returns>The proposal, <see cref="CampaignPairRefused"/>, <see cref="CampaignPageNotPromoted"/>, a <see cref="CampaignRefused"/> for
    /// an account that is out of use, or why Facebook did not tell.</returns>
    public async Task<Result<CampaignProposal>> ProposeAsync(
        AgencyCaller caller, AssetId adAccount, AssetId page, CancellationToken cancellationToken)
    {
        if (await FindPairAsync(caller, adAccount, page, cancellationToken) is not { } pair) return new CampaignPairRefused();
        var known = await AskAsync(caller.Agency, pair, cancellationToken);
        if (!known.Succeeded) return known.Error;
        var (token, account, facts) = known.Value;
        var names = await _campaigns.ProposeNamesAsync(token, pair.AdAccount.ExternalId, cancellationToken);
        var proposed = names is { Succeeded: true, Value: [var first, ..] } ? first : account.Business;
        return new CampaignProposal(
            facts, Fit(account.Beneficiary ?? proposed), Fit(account.Payor ?? proposed),
            await _audiences.ListAsync(caller.Scope, pair, token, cancellationToken));

        static string? Fit(string? name) =>
            name is null ? null : ForeignText.Fit(ForeignText.OneLine(name).Trim(), CampaignDraft.DsaNameMaxLength);
    }

    /// <summary>
    /// Makes a draft: paused, read back at Facebook. What Facebook refuses before anything is made leaves nothing; what it refuses later
    /// leaves a draft to be corrected. When an answer is lost the draft is still being made when this ends.
    /// </summary>
    /// <param name="caller">Who drafts.</param>
    /// <param name="terms">What it shall be.</param>
    /// <param name="correcting">A draft that was refused and whose place it takes; null = a new one.</param>
    /// <param name="cancellationToken">Stops it before anything is saved; afterwards it goes on.</param>
    /// <returns>The outcome, an <see cref="InputRefused"/>, <see cref="CampaignPairRefused"/>, <see cref="CampaignAudienceRefused"/>,
    /// <see cref="CampaignPageNotPromoted"/>, <see cref="CampaignRefused"/>, <see cref="CampaignNotFound"/>,
    /// <see cref="CampaignBeingMade"/>, or why Facebook did not tell.</returns>
    public async Task<Result<CampaignOutcome>> CreateAsync(
        AgencyCaller caller, CampaignTerms terms, CampaignDraftId? correcting, CancellationToken cancellationToken)
    {
        terms = Tidy(terms);
        var basics = await _rules.ValidateAsync(terms, cancellationToken);
        if (!basics.IsValid) return InputRefused.From(basics);
        if (await FindPairAsync(caller, terms.AdAccount, terms.Page, cancellationToken) is not { } pair) return new CampaignPairRefused();
        var names = await _audiences.NamesAsync(caller.Scope, pair, terms.Audiences, cancellationToken);
        if (!names.Succeeded) return names.Error;
        terms = terms with { AudienceNames = names.Value };
        var known = await AskAsync(caller.Agency, pair, cancellationToken);
        if (!known.Succeeded) return known.Error;
        var (token, _, facts) = known.Value;
        var context = CampaignTermsValidator.Knowing(new ValidationContext<CampaignTerms>(terms), facts);
        var judged = await _rules.ValidateAsync(context, cancellationToken);
        if (!judged.IsValid) return InputRefused.From(judged);

        var id = correcting ?? CampaignDraftId.New(_clock);
        var order = CampaignMaking.OrderOf($"{terms.Name} {CampaignDraft.MarkOf(id)}", terms, facts.Currency);
        if (await _campaigns.CheckAsync(token, pair.AdAccount.ExternalId, order, cancellationToken) is { } refusal) return refusal;
        if (await SaveAsync(caller, id, correcting is not null, pair, terms, facts, cancellationToken) is { } notSaved) return notSaved;

        // From here on it is made, whether somebody waits for it or not. The rounds are not woken before, since whoever waits is to hear at
        // once what came of it.
        await _making.MakeNowAsync(caller.Agency, id, CancellationToken.None);
        _signal.Wake();
        await using var db = _contexts.Create(caller.Agency);
        var made = await db.CampaignDrafts.AsNoTracking().SingleAsync(d => d.Id == id, CancellationToken.None);
        return new CampaignOutcome(id, made.Problem is { } problem ? new CampaignRefused(problem, made.Field, made.ProblemText) : null);
    }

    /// <summary>
    /// Goes on now with a draft that is being made or cleared away, instead of when its time comes. What was told to Facebook before is
    /// still looked for first, so nothing is made twice.
    /// </summary>
    /// <returns>Null or <see cref="CampaignNotFound"/>.</returns>
    public async Task<PortalError?> GoOnAsync(AgencyCaller caller, CampaignDraftId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is null) return new CampaignNotFound();
        var now = _clock.GetUtcNow();
        await using var db = _contexts.Create(caller.Agency);
        await db.CampaignDrafts.Where(d => d.Id == id && d.NextTryAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextTryAt, now), cancellationToken);
        await _making.MakeNowAsync(caller.Agency, id, CancellationToken.None);
        return null;
    }

    /// <summary>The link of the draft's page for the client.</summary>
    /// <returns>The link or <see cref="CampaignNotFound"/>.</returns>
    public async Task<Result<Uri>> FindLinkAsync(AgencyCaller caller, CampaignDraftId id, CancellationToken cancellationToken) =>
        await FindAsync(caller, id, cancellationToken) is { } draft
            ? await _links.LinkOfAsync(caller.Agency, draft.LinkTokenProtected, cancellationToken)
            : new CampaignNotFound();

    private async Task<PortalError?> SaveAsync(
        AgencyCaller caller, CampaignDraftId id, bool isThere, CampaignPair pair, CampaignTerms terms, CampaignFacts facts,
        CancellationToken cancellationToken)
    {
        var link = _links.Make(); // before the transaction: a new protection key is saved on another connection
        await using var db = _contexts.Create(caller.Agency);
        var draft = isThere ? await db.CampaignsIn(caller.Scope).SingleOrDefaultAsync(d => d.Id == id, cancellationToken) : null;
        if (isThere && draft is null) return new CampaignNotFound();
        if (draft is not null and not { State: CampaignState.Refused, CampaignId: null, LeasedUntil: null }) return new CampaignBeingMade();
        if (draft is null)
        {
            draft = new CampaignDraft(id, caller, link, facts.Now);
            db.CampaignDrafts.Add(draft);
        }

        draft.Order(pair, terms, facts);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>The pair, when one request that the caller sees granted both and both work now.</summary>
    private async Task<CampaignPair?> FindPairAsync(
        AgencyCaller caller, AssetId adAccount, AssetId page, CancellationToken cancellationToken)
    {
        await using var db = _contexts.Create(caller.Agency);
        var both = await db.CampaignCandidates(caller.Scope).Where(c => c.Id == adAccount || c.Id == page).ToListAsync(cancellationToken);
        var account = both.Find(c => c.Id == adAccount && c.Kind == AssetKind.AdAccount);
        var other = both.Find(c => c.Id == page && c.Kind == AssetKind.Page);
        return account is not null && other is not null && account.Request == other.Request
            ? new CampaignPair(account.Request, account.FacebookUser, account.Client, account.ToAsset(), other.ToAsset())
            : null;
    }

    private async Task<Result<(AccessToken Token, CampaignAccount Account, CampaignFacts Facts)>> AskAsync(
        AgencyId agency, CampaignPair pair, CancellationToken cancellationToken)
    {
        var token = await _facebookUsers.TokenOfAsync(agency, pair.FacebookUser, cancellationToken);
        if (!token.Succeeded) return token.Error;
        var account = await _campaigns.FindAccountAsync(token.Value, pair.AdAccount.ExternalId, cancellationToken);
        if (!account.Succeeded) return account.Error;
        if (!account.Value.IsActive) return new CampaignRefused(CampaignProblem.AccountDisabled, CampaignField.AdAccount);
        var promotes = await _campaigns.PromotesAsync(token.Value, pair.AdAccount.ExternalId, pair.Page.ExternalId, cancellationToken);
        if (!promotes.Succeeded) return promotes.Error;
        if (!promotes.Value) return new CampaignPageNotPromoted();
        var currency = account.Value.Currency;
        var minimum = await _campaigns.FindMinimumBudgetAsync(token.Value, pair.AdAccount.ExternalId, currency, cancellationToken);
        if (!minimum.Succeeded) return minimum.Error;
        var least = minimum.Value is { } units ? CampaignMoney.FromUnits(units, currency) : (decimal?)null;
        return (token.Value, account.Value, new CampaignFacts(currency, least, account.Value.TimeZone, _clock.GetUtcNow()));
    }

    private static CampaignTerms Tidy(CampaignTerms terms) => terms with
    {
        Name = terms.Name?.Trim() ?? "",
        Categories = [.. terms.Categories.Distinct()],
        CategoryCountries = terms.Categories.Count > 0 ? [.. terms.CategoryCountries.Distinct()] : [],
        Countries = [.. terms.Countries.Distinct()],
        Audiences = [.. terms.Audiences.Distinct()],
        Beneficiary = terms.Beneficiary?.Trim(),
        Payor = terms.Payor?.Trim(),
    };
}
