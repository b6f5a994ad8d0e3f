namespace ReferencePage;

/// <summary>A request as a line of the table shows it.</summary>
public sealed record Request(int Number, string Recipient, string Status, string Activity, DateTime Requested, string Accounts);

/// <summary>The requests, in memory: the reference measures components, no database.</summary>
public sealed class Requests
{
    private readonly Lock _lock = new();
    private List<Request> _all =
    [
        .. Enumerable.Range(1, 25)
            .Select(n =>
                new Request(
                    n, $"client{n:00}@bench.example", "Pending", "sent", new DateTime(2026, 11, n, 0, 0, 0, DateTimeKind.Utc),
                    "Mailchimp: not connected yet")),
    ];

    /// <summary>Raised when a request changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<Request> All
    {
        get
        {
            lock (_lock) return _all;
        }
    }

    /// <summary>Lets the first request expire.</summary>
    public void Expire()
    {
        lock (_lock) _all = [_all[0] with { Status = "Expired", Activity = "link ran out" }, .. _all.Skip(1)];
        Changed?.Invoke();
    }
}
