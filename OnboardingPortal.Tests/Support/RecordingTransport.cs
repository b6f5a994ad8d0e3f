using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Tests.Support;

/// <summary>Keeps mails instead of sending them.</summary>
public sealed class RecordingTransport : IEmailTransport
{
    private readonly Lock _lock = new();
    private readonly List<OutgoingEmail> _tried = [];
    private readonly List<OutgoingEmail> _taken = [];

    /// <summary>Runs before a mail is taken; whatever it throws refuses the mail.</summary>
    public Func<OutgoingEmail, Task> BeforeTaking { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every attempt, in the order in which the mails were queued: several leave at once.</summary>
    public IReadOnlyList<OutgoingEmail> Tried
    {
        get
        {
            lock (_lock) return [.. _tried.OrderBy(m => m.Id.Value)];
        }
    }

    /// <summary>What was taken, in the same order.</summary>
    public IReadOnlyList<OutgoingEmail> Taken
    {
        get
        {
            lock (_lock) return [.. _taken.OrderBy(m => m.Id.Value)];
        }
    }

    /// <summary>Starts anew: what was taken so far is not what the test is about.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _tried.Clear();
            _taken.Clear();
        }
    }

    public async Task<EmailReceipt> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        lock (_lock) _tried.Add(email);
        await BeforeTaking(email);
        lock (_lock) _taken.Add(email);
        return new EmailReceipt($"taken-{email.Id}");
    }
}
