using System.Text.Json;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>
/// How much each ad account may still be called: what its answers' headers said last, and what was called since. Without headers calls are
/// counted by the documented limits of the Limited tier. The hourly limit of custom audiences is obeyed from its header alone: the points
/// are always used up before it.
/// </summary>
/// <seealso href="https://developers.facebook.com/docs/marketing-api/overview/rate-limiting" />
internal sealed class AudienceAllowances
{
    /// <summary>What a read costs.</summary>
    public const int PointsOfRead = 1;

    /// <summary>What a write costs.</summary>
    public const int PointsOfWrite = 3;

    /// <summary>The points of the Limited tier in a <see cref="Window"/>.</summary>
    public const int LimitedPoints = 60;

    /// <summary>The points of the Full tier in a <see cref="Window"/>.</summary>
    public const int FullPoints = 9_000;

    /// <summary>How long spent points count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string FullTier = "standard_access";
    private const int Many = 10_000;
    private static readonly TimeSpan LimitedBlock = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FullBlock = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = [];

    /// <summary>What is known of an ad account; all free when nothing is.</summary>
    public AudienceAllowance Of(string adAccount, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(adAccount, out var account)) return new AudienceAllowance(null, null);
            account.Turn(now);
            var left = Math.Max(account.Most - account.Spent - account.UnderWay, 0);
            var freeAt = account.FreeAt > now ? account.FreeAt : left < PointsOfWrite ? account.WindowEnds : (DateTimeOffset?)null;
            return new AudienceAllowance(left, freeAt);
        }
    }

    /// <summary>Takes the points of a call: zero = it may be made; otherwise how long until it may, and nothing is taken.</summary>
    public TimeSpan Reserve(string adAccount, int points, DateTimeOffset now)
    {
        lock (_lock)
        {
            var account = Find(adAccount, now);
            account.Turn(now);
            if (account.FreeAt > now) return account.FreeAt - now;
            if (account.Spent + account.UnderWay + points > account.Most) return account.WindowEnds - now;
            account.UnderWay += points;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Notes what an answer's headers say, and the limit that it was refused for.</summary>
    public void Note(string adAccount, int points, PlatformResponse response, bool isRefused, DateTimeOffset now)
    {
        var ofAccount = FacebookDialect.Usages(response.Header("X-Ad-Account-Usage")).FirstOrDefault();
        var hourly = FacebookDialect.Usages(response.Header("X-Business-Use-Case-Usage")).Where(IsOfAudiences).ToList();
        lock (_lock)
        {
            var account = Find(adAccount, now);
            account.UnderWay = Math.Max(account.UnderWay - points, 0);
            if (ofAccount.ValueKind == JsonValueKind.Object && NumberOf(ofAccount, "acc_id_util_pct") is { } percent)
                Take(account, ofAccount, percent);
            else account.Spent += points;

            if (isRefused) account.BlockUntil(account.WindowEnds > now + account.Block ? account.WindowEnds : now + account.Block);
            var minutes = hourly.Select(FacebookDialect.RegainMinutes).DefaultIfEmpty(0).Max();
            if (minutes > 0) account.FreeAt = now + TimeSpan.FromMinutes(minutes); // it tells more exactly than the documents
            else if (hourly.Any(FacebookDialect.IsNearlyUsedUp)) account.BlockUntil(now + FacebookDialect.Breather);
        }

        void Take(Account account, JsonElement usage, double percent)
        {
            var isFull = usage.TryGetProperty("ads_api_access_tier", out var tier) && tier.ValueKind == JsonValueKind.String
                && tier.GetString() == FullTier;
            (account.Most, account.Block) = isFull ? (FullPoints, FullBlock) : (LimitedPoints, LimitedBlock);
            account.Spent = (int)Math.Round(account.Most * Math.Clamp(percent, 0, 100) / 100);
            if (NumberOf(usage, "reset_time_duration") is { } seconds and > 0)
                account.WindowEnds = now + TimeSpan.FromSeconds(Math.Min(seconds, PlatformPauses.Longest.TotalSeconds));
            if (percent >= 100) account.BlockUntil(account.WindowEnds);
        }
    }

    private Account Find(string adAccount, DateTimeOffset now)
    {
        if (_accounts.TryGetValue(adAccount, out var account)) return account;
        if (_accounts.Count >= Many)
        {
            foreach (var (key, _) in _accounts.Where(a => a.Value.WindowEnds <= now && a.Value.FreeAt <= now).ToList())
                _accounts.Remove(key);
        }

        return _accounts[adAccount] = new Account();
    }

    private static bool IsOfAudiences(JsonElement usage) =>
        usage.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "custom_audience";

    private static double? NumberOf(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private sealed class Account
    {
        public int Most { get; set; } = LimitedPoints;

        public TimeSpan Block { get; set; } = LimitedBlock;

        /// <summary>As Facebook counts, by its last answer.</summary>
        public int Spent { get; set; }

        /// <summary>Of calls that have no answer yet.</summary>
        public int UnderWay { get; set; }

        public DateTimeOffset WindowEnds { get; set; }

        public DateTimeOffset FreeAt { get; set; }

        public void BlockUntil(DateTimeOffset until)
        {
            if (until > FreeAt) FreeAt = until;
        }

        /// <summary>Begins a new window when the last one is over.</summary>
        public void Turn(DateTimeOffset now)
        {
            if (WindowEnds > now) return;
            (Spent, UnderWay, WindowEnds) = (0, 0, now + Window);
        }
    }
}
