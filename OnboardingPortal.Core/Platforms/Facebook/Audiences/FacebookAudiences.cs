using System.Collections.Concurrent;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>Custom audiences of ad accounts: what the engine of data sync is made of. A refusal is an <see cref="AudienceRefused"/> where
/// Facebook's reason is known, otherwise a <see cref="PlatformFailure"/>. A call that the account's limits are known to refuse is not made.
/// </summary>
/// <seealso href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/guides/custom-audiences" />
public sealed class FacebookAudiences(FacebookClient facebook, TimeProvider clock)
{
    /// <summary>The most people in a batch.</summary>
    public const int MaxRows = 10_000;

    /// <summary>The most audiences of customer lists on an ad account.</summary>
    public const int MaxAudiences = 500;

    /// <summary>What audiences of customer lists are called, which lookalikes and the like are not.</summary>
    private const string OfCustomerLists = "CUSTOM";

    private const string Fields =
        "id,account_id,name,subtype,approximate_count_lower_bound,approximate_count_upper_bound,operation_status,delivery_status,"
        + "delete_time,fields_violating_integrity_policy";

    private const int ManyAudiences = 10_000;

    /// <summary>What <c>delivery_status</c> says of an audience that is ready; 300 is one that is too small.</summary>
    private const int UsableCode = 200;

    private readonly AudienceAllowances _allowances = new();

    /// <summary>Which ad account an audience is of, as far as calls have told: limits are counted by it.</summary>
    private readonly ConcurrentDictionary<string, string> _accounts = new();

    /// <summary>The audiences made of customer lists on an ad account, deleted ones left out.</summary>
    internal async Task<Result<IReadOnlyList<Audience>>> ListAsync(
        AccessToken token, string adAccount, CancellationToken cancellationToken)
    {
        if (!IsAdAccount(adAccount)) return NotThere;
        var rows = await facebook.ListAsync(
            OfAccount(adAccount, AudienceAllowances.PointsOfRead), token, $"{adAccount}/customaudiences", new() { ["fields"] = Fields },
            AudienceJson.Default.GraphPageGraphAudience, cancellationToken);
        if (!rows.Succeeded) return Refusal(rows.Error, adAccount);
        foreach (var row in rows.Value.Where(r => IsId(r.Id))) Remember(row.Id!, adAccount);
        return rows.Value.Where(r => IsId(r.Id) && r.Subtype == OfCustomerLists).Select(ToAudience)
            .Where(a => a.State != AudienceState.Gone).DistinctBy(a => a.Id).ToList();
    }

    /// <summary>One audience.</summary>
    internal async Task<Result<Audience>> FindAsync(AccessToken token, string audience, CancellationToken cancellationToken)
    {
        if (!IsId(audience)) return Gone;
        var row = await facebook.GetAsync(
            Of(audience, AudienceAllowances.PointsOfRead), token, audience, new() { ["fields"] = Fields },
            AudienceJson.Default.GraphAudience, cancellationToken);
        if (!row.Succeeded) return RefusalOf(row.Error, audience);
        if (row.Value.Id != audience) return Nonsense;
        if (IsId(row.Value.AccountId)) Remember(audience, $"act_{row.Value.AccountId}");
        return ToAudience(row.Value);
    }

    /// <summary>Makes an audience without people; after a lost answer it may exist all the same.</summary>
    /// <returns>Facebook's id of it.</returns>
    internal async Task<Result<string>> CreateAsync(
        AccessToken token, string adAccount, string name, string description, CancellationToken cancellationToken)
    {
        if (!IsAdAccount(adAccount)) return NotThere;
        var form = new Dictionary<string, string>
        {
            ["name"] = name,
            ["description"] = description,
            ["subtype"] = OfCustomerLists,
            ["customer_file_source"] = "USER_PROVIDED_ONLY", // the client collected it
        };
        var made = await facebook.SendAsync(
            OfAccount(adAccount, AudienceAllowances.PointsOfWrite), HttpMethod.Post, token, $"{adAccount}/customaudiences",
            () => new FormUrlEncodedContent(form), AudienceJson.Default.GraphReceipt, cancellationToken);
        if (!made.Succeeded) return await WhyNotMadeAsync(token, adAccount, Refusal(made.Error, adAccount), cancellationToken);
        if (!IsId(made.Value.Id)) return Nonsense;
        Remember(made.Value.Id!, adAccount);
        return made.Value.Id!;
    }

    /// <summary>Gives an audience another name.</summary>
    internal async Task<PortalError?> RenameAsync(AccessToken token, string audience, string name, CancellationToken cancellationToken)
    {
        if (!IsId(audience)) return Gone;
        var form = new Dictionary<string, string> { ["name"] = name };
        var done = await facebook.SendAsync(
            Of(audience, AudienceAllowances.PointsOfWrite), HttpMethod.Post, token, audience, () => new FormUrlEncodedContent(form),
            AudienceJson.Default.GraphReceipt, cancellationToken);
        return done.Succeeded ? null : await WithOffendingAsync(token, audience, RefusalOf(done.Error, audience), cancellationToken);
    }

    /// <summary>Deletes an audience; one that is gone already is no failure.</summary>
    internal async Task<PortalError?> DeleteAsync(AccessToken token, string audience, CancellationToken cancellationToken)
    {
        if (!IsId(audience)) return null;
        var done = await facebook.SendAsync(
            Of(audience, AudienceAllowances.PointsOfWrite), HttpMethod.Delete, token, audience, () => null,
            AudienceJson.Default.GraphReceipt, cancellationToken);
        return done.Succeeded || RefusalOf(done.Error, audience) is AudienceRefused { Problem: AudienceProblem.AudienceGone }
            ? null
            : RefusalOf(done.Error, audience);
    }

    /// <summary>Sends one batch, once: whether it may be sent again is for the caller to know.</summary>
    /// <param name="token">The agency's.</param>
    /// <param name="adAccount">The audience's ad account, by which Facebook counts calls.</param>
    /// <param name="audience">Facebook's id.</param>
    /// <param name="batch">The people.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal async Task<Result<AudienceReceipt>> SendAsync(
        AccessToken token, string adAccount, string audience, AudienceBatch batch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch.Session, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch.Sequence, 1);
        ThrowIfNone(batch.Rows);
        if (!IsId(audience)) return Gone;
        Remember(audience, adAccount);
        var answer = await facebook.SendAsync(
            OfAccount(adAccount, AudienceAllowances.PointsOfWrite), HttpMethod.Post, token,
            batch.Action == AudienceAction.Replace ? $"{audience}/usersreplace" : $"{audience}/users",
            () => new AudienceContent(batch.Keys, batch.Rows, batch, removes: batch.Action == AudienceAction.Remove),
            AudienceJson.Default.GraphReceipt, cancellationToken);
        if (!answer.Succeeded) return await WithOffendingAsync(token, audience, RefusalOf(answer.Error, audience), cancellationToken);
        return answer.Value.NumReceived is { } received
            ? new AudienceReceipt(received, answer.Value.NumInvalidEntries ?? 0)
            : Nonsense;
    }

    /// <summary>How far a session is; null when Facebook knows none of that id.</summary>
    internal async Task<Result<AudienceSession?>> FindSessionAsync(
        AccessToken token, string audience, long session, CancellationToken cancellationToken)
    {
        if (!IsId(audience)) return Gone;
        var id = session.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var rows = await facebook.GetAsync(
            Of(audience, AudienceAllowances.PointsOfRead), token, $"{audience}/sessions",
            new() { ["session_id"] = id, ["fields"] = "session_id,num_received,num_matched,stage,end_time" },
            AudienceJson.Default.GraphPageGraphAudienceSession, cancellationToken);
        if (!rows.Succeeded) return RefusalOf(rows.Error, audience);
        if (rows.Value.Data is not { } data) return Nonsense;
        var found = data.FirstOrDefault(s => s.SessionId == id);
        return found is null ? (AudienceSession?)null : new AudienceSession(
            found.NumReceived ?? 0, found.NumMatched is >= 0 ? found.NumMatched : null, found.EndTime is { Length: > 0 } and not "0");
    }

    /// <summary>Takes people out of every audience of an ad account.</summary>
    internal async Task<PortalError?> RemoveEverywhereAsync(
        AccessToken token, string adAccount, IReadOnlyList<MatchKey> keys, IReadOnlyList<AudienceRow> rows,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        ThrowIfNone(rows);
        if (!IsAdAccount(adAccount)) return NotThere;
        var done = await facebook.SendAsync(
            OfAccount(adAccount, AudienceAllowances.PointsOfWrite), HttpMethod.Post, token, $"{adAccount}/usersofanyaudience",
            () => new AudienceContent(keys, rows, session: null, removes: true), AudienceJson.Default.GraphReceipt, cancellationToken);
        return done.Succeeded ? null : Refusal(done.Error, adAccount);
    }

    /// <summary>Whether an ad account is as custom audiences need it.</summary>
    internal async Task<Result<AudienceAccount>> FindAccountAsync(
        AccessToken token, string adAccount, CancellationToken cancellationToken)
    {
        if (!IsAdAccount(adAccount)) return NotThere;
        var account = await facebook.GetAsync(
            OfAccount(adAccount, AudienceAllowances.PointsOfRead), token, adAccount,
            new() { ["fields"] = "id,account_status,business,tos_accepted" }, AudienceJson.Default.GraphAudienceAccount, cancellationToken);
        if (!account.Succeeded) return Refusal(account.Error, adAccount);
        return new AudienceAccount(
            account.Value.AccountStatus is null or FacebookAssets.ActiveAccount, account.Value.Business is not null,
            account.Value.TosAccepted is { } terms ? terms.GetValueOrDefault("custom_audience_tos") == 1 : null);
    }

    /// <summary>What an ad account's headers said last of how much it may still be called; all free when nothing is known.</summary>
    internal AudienceAllowance AllowanceOf(string adAccount) => _allowances.Of(adAccount, clock.GetUtcNow());

    private static PlatformFailure NotThere => new(FacebookDefaults.Key, PlatformFailureKind.NotFound);

    private static PlatformFailure Nonsense => new(FacebookDefaults.Key, PlatformFailureKind.Nonsense);

    private static AudienceRefused Gone => new(AudienceProblem.AudienceGone);

    /// <summary>Ids stand in addresses, and come from outside.</summary>
    private static bool IsId(string? id) => id is { Length: > 0 and <= 30 } && id.All(char.IsAsciiDigit);

    private static bool IsAdAccount(string id) => id.StartsWith("act_", StringComparison.Ordinal) && IsId(id[4..]);

    private static void ThrowIfNone(IReadOnlyList<AudienceRow> rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, MaxRows);
    }

    private static Audience ToAudience(GraphAudience row) => new(
        row.Id!, row.Name is { Length: > 0 } name ? name : row.Id!, StateOf(row),
        row.ApproximateCountLowerBound is >= 0 ? row.ApproximateCountLowerBound : null,
        row.ApproximateCountUpperBound is >= 0 ? row.ApproximateCountUpperBound : null)
    {
        Offending = row.FieldsViolatingIntegrityPolicy ?? [],
        IsUsable = row.DeliveryStatus?.Code is { } code ? code == UsableCode : null,
    };

    private static AudienceState StateOf(GraphAudience row) => (row.DeleteTime, row.OperationStatus?.Code) switch
    {
        ( > 0, _) => AudienceState.Gone,
        (_, 471) => AudienceState.Flagged,
        (_, 414) => AudienceState.Replacing,
        (_, 415) => AudienceState.ReplaceFailed,
        // The guide names these two states by their words alone.
        _ when Says(row, "replace_in_progress") || Says(row, "replace in progress") => AudienceState.Replacing,
        _ when Says(row, "replace_error") || Says(row, "replace error") => AudienceState.ReplaceFailed,
        _ => AudienceState.Normal,
    };

    private static bool Says(GraphAudience row, string words) =>
        row.OperationStatus?.Description?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;

    private AudienceDialect OfAccount(string adAccount, int points) => new(_allowances, adAccount, points);

    private AudienceDialect Of(string audience, int points) => new(_allowances, _accounts.GetValueOrDefault(audience), points);

    private void Remember(string audience, string adAccount)
    {
        if (_accounts.Count >= ManyAudiences) _accounts.Clear(); // the next answers tell again
        _accounts[audience] = adAccount;
    }

    private PortalError RefusalOf(PortalError error, string audience) =>
        WithPause(AudienceRefusals.Read(error, ofAudience: true), _accounts.GetValueOrDefault(audience));

    private PortalError Refusal(PortalError error, string adAccount) =>
        WithPause(AudienceRefusals.Read(error, ofAudience: false), adAccount);

    private PortalError WithPause(PortalError error, string? adAccount) =>
        error is AudienceRefused { Problem: AudienceProblem.Quota, RetryAfter: null } refused && adAccount is not null
            && AllowanceOf(adAccount).FreeAt is { } free
            ? refused with { RetryAfter = free - clock.GetUtcNow() }
            : error;

    /// <summary>Facebook refuses an audience too many in the words of any other failure: the audiences are counted.</summary>
    private async Task<PortalError> WhyNotMadeAsync(
        AccessToken token, string adAccount, PortalError refusal, CancellationToken cancellationToken)
    {
        if (refusal is not AudienceRefused { Problem: AudienceProblem.Refused } refused) return refusal;
        var there = await ListAsync(token, adAccount, cancellationToken);
        return there.Succeeded && there.Value.Count >= MaxAudiences
            ? refused with { Problem = AudienceProblem.TooManyAudiences }
            : refusal;
    }

    /// <summary>The audience itself tells which of its fields offend.</summary>
    private async Task<PortalError> WithOffendingAsync(
        AccessToken token, string audience, PortalError refusal, CancellationToken cancellationToken)
    {
        if (refusal is not AudienceRefused { Problem: AudienceProblem.Flagged } refused) return refusal;
        var now = await FindAsync(token, audience, cancellationToken);
        return now.Succeeded ? refused with { Offending = now.Value.Offending } : refused;
    }
}
