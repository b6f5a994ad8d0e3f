using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.App.Features.Account;

/// <summary>The one-time code that lets whoever reads the server's log make the first agency.</summary>
public sealed partial class SetupCode(ILogger<SetupCode> logger)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private readonly Lock _lock = new();
    private string? _code;

    /// <summary>Makes the code and writes it to the log.</summary>
    public void Announce()
    {
        lock (_lock) _code = RandomNumberGenerator.GetString(Letters, 20);
        LogCode(_code);
    }

    /// <summary>Whether the code is right; it stays good until <see cref="Spend"/>.</summary>
    public bool Matches(string? code)
    {
        lock (_lock)
        {
            return _code is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_code), Encoding.UTF8.GetBytes(code?.Trim().ToUpperInvariant() ?? ""));
        }
    }

    /// <summary>Ends the code: the agency is made.</summary>
    public void Spend()
    {
        lock (_lock) _code = null;
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "Nobody can sign in yet. Open /setup and enter this code, which works once: {Code}")]
    private partial void LogCode(string code);
}
