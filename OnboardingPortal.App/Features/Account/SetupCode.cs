using System.Security.Cryptography;
using System.Text;

namespace OnboardingPortal.App.Features.Account;

/// <summary>The one-time code that lets the person who reads the server's log make the first agency.</summary>
public sealed partial class SetupCode(ILogger<SetupCode> logger)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private readonly Lock _lock = new();
    private string? _code;
    private bool _isTaken;

    /// <summary>Makes the code and writes it to the log.</summary>
    public void Announce()
    {
        lock (_lock) _code = RandomNumberGenerator.GetString(Letters, 20);
        LogCode(_code);
    }

    /// <summary>Takes the code, so that nobody else can use it meanwhile.</summary>
    /// <returns>Whether it was right.</returns>
    public bool TryTake(string? code)
    {
        lock (_lock)
        {
            var typed = Encoding.UTF8.GetBytes(code?.Trim().ToUpperInvariant() ?? "");
            if (_isTaken || _code is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_code), typed)) return false;
            return _isTaken = true;
        }
    }

    /// <summary>Gives a code back that came to nothing, for another try.</summary>
    public void GiveBack()
    {
        lock (_lock) _isTaken = false;
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "Nobody can sign in yet. Open /setup and enter this code, "
        + "which works once: {Code}")]
    private partial void LogCode(string code);
}
