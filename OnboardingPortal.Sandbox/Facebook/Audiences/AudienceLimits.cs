using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OnboardingPortal.Sandbox.Facebook.Graph;

namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>How much an app may call the Marketing API; <c>Sandbox:AdsTier</c>.</summary>
public enum AdsTier
{
    /// <summary>60 points in five minutes, 5,000 calls about audiences an hour.</summary>
    Limited,

    /// <summary>9,000 points in five minutes, 190,000 calls about audiences an hour.</summary>
    Full,
}

/// <summary>
/// Both limiters of the Marketing API: points by ad account, of which a read costs 1 and a write 3, and calls about audiences an hour.
/// </summary>
internal sealed class AudienceLimits(AudienceTroubles troubles, IOptions<SandboxOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = [];

    private bool IsFull => options.Value.AdsTier == AdsTier.Full;

    /// <summary>Counts a call and tells about it in the answer's headers.</summary>
    /// <returns>The refusal of a call too many; null for another.</returns>
    public GraphError? Count(HttpContext http, FacebookAdAccount account, bool isWrite, int audiences)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_accounts.TryGetValue(account.Id, out var spent))
                spent = _accounts[account.Id] = new Account();
            spent.Turn(now);
            var isUsedUp = troubles.Has(account, AudienceTrouble.PointsUsedUp);
            var isHourUsedUp = troubles.Has(account, AudienceTrouble.HourlyCallsUsedUp);
            var (most, anHour) = IsFull ? (9_000, 190_000) : (60, 5_000);
            anHour = Math.Min(anHour + (40 * audiences), 700_000);
            var isBlocked = spent.BlockedUntil > now || isUsedUp;
            var points = isWrite ? 3 : 1;
            if (!isBlocked && spent.Points + points > most)
            {
                spent.BlockedUntil = now + (IsFull ? TimeSpan.FromMinutes(1) : Window);
                isBlocked = true;
            }

            var isOverHour = isHourUsedUp || spent.Calls >= anHour;
            if (!isBlocked && !isOverHour)
                (spent.Points, spent.Calls) = (spent.Points + points, spent.Calls + 1);
            if (!troubles.Has(account, AudienceTrouble.NoUsage))
                Tell(isBlocked ? 100 : 100.0 * spent.Points / most, isOverHour ? 100 : 100 * spent.Calls / anHour);
            return isBlocked ? new GraphError(400, 17, "(#17) User request limit reached", 2446079)
                : isOverHour ? new GraphError(400, 80003, "(#80003) There have been too many calls to this ad account", 2446079)
                : null;

            void Tell(double percent, int callPercent)
            {
                var tier = IsFull ? "standard_access" : "development_access";
                var reset = (spent.BlockedUntil > now ? spent.BlockedUntil : spent.WindowEnds) - now;
                http.Response.Headers["X-Ad-Account-Usage"] = new JsonObject
                {
                    ["acc_id_util_pct"] = Math.Round(percent, 2),
                    ["reset_time_duration"] = (int)Math.Ceiling(reset.TotalSeconds),
                    ["ads_api_access_tier"] = tier,
                }.ToJsonString();
                http.Response.Headers["X-Business-Use-Case-Usage"] = new JsonObject
                {
                    [account.AccountId] = new JsonArray(new JsonObject
                    {
                        ["type"] = "custom_audience",
                        ["call_count"] = callPercent,
                        ["total_cputime"] = 1,
                        ["total_time"] = 1,
                        ["estimated_time_to_regain_access"] =
                            callPercent >= 100 ? (int)Math.Ceiling((spent.HourEnds - now).TotalMinutes) : 0,
                        ["ads_api_access_tier"] = tier,
                    }),
                }.ToJsonString();
            }
        }
    }

    private sealed class Account
    {
        public int Points { get; set; }
        public int Calls { get; set; }
        public DateTimeOffset WindowEnds { get; private set; }
        public DateTimeOffset HourEnds { get; private set; }
        public DateTimeOffset BlockedUntil { get; set; }

        public void Turn(DateTimeOffset now)
        {
            if (BlockedUntil <= now && (WindowEnds <= now || BlockedUntil != default))
                (Points, WindowEnds, BlockedUntil) = (0, now + Window, default);
            if (HourEnds <= now)
                (Calls, HourEnds) = (0, now + Hour);
        }
    }
}
