using System.Net;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Outbox;

/// <summary>The section <c>Email</c>.</summary>
public sealed class EmailOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Email";

    /// <summary>
    /// How mails leave: <c>Pickup</c> writes <c>.eml</c> files into the folder <c>mail</c> of the data directory, <c>Smtp</c> hands them to
    /// a mail server, <c>SendGrid</c> to that service.
    /// </summary>
    public string Transport { get; set; } = nameof(EmailTransportKind.Pickup);

    /// <summary>The bare address that mails come from.</summary>
    public string FromAddress { get; set; } = "onboarding@portal.example";

    /// <summary>The mail server.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>The account at SendGrid.</summary>
    public SendGridOptions SendGrid { get; set; } = new();

    /// <summary>The transport as one of those there are.</summary>
    internal EmailTransportKind Kind => Enum.Parse<EmailTransportKind>(Transport);
}

/// <summary>The section <c>Email:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>The port on which TLS is spoken from the first byte.</summary>
    internal const int ImplicitTlsPort = 465;

    /// <summary>The mail server's name, as its certificate has it.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>The name to sign in with; empty = without signing in.</summary>
    public string Username { get; set; } = "";

    /// <summary>The password; never shown.</summary>
    public string Password { get; set; } = "";

    /// <summary>
    /// Whether the connection must turn to TLS before anything is said; a server that cannot is not used. On port 465 it is TLS from the
    /// first byte in any case.
    /// </summary>
    public bool StartTls { get; set; } = true;

    /// <summary>How long one mail may take, from connecting to the server's last word; shorter than the outbox holds a mail.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the server is on this machine, so that nobody listens on the way.</summary>
    internal bool IsLocal =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>The ways that mails leave by.</summary>
internal enum EmailTransportKind
{
    /// <summary><see cref="PickupTransport"/>.</summary>
    Pickup,

    /// <summary><see cref="SmtpTransport"/>.</summary>
    Smtp,

    /// <summary><see cref="SendGridTransport"/>.</summary>
    SendGrid,
}

/// <summary>Says in a sentence what is wrong with the configuration; the host does not start with it.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(40); // shorter than what the outbox leaves an attempt

    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var problems = ProblemsOf(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> ProblemsOf(EmailOptions options)
    {
        if (EmailAddress.ReadBare(options.FromAddress) is null)
            yield return "Email:FromAddress must be one bare address, such as onboarding@agency.example.";
        var known = Enum.GetNames<EmailTransportKind>();
        if (!known.Contains(options.Transport)) yield return $"Email:Transport must be one of {string.Join(", ", known)}.";
        if (options.Transport == nameof(EmailTransportKind.Smtp))
        {
            foreach (var problem in ProblemsOf(options.Smtp)) yield return problem;
        }

        foreach (var problem in SendGridOptions.ProblemsOf(options.SendGrid, options.Transport == nameof(EmailTransportKind.SendGrid)))
            yield return problem;
    }

    private static IEnumerable<string> ProblemsOf(SmtpOptions smtp)
    {
        if (Uri.CheckHostName(smtp.Host) == UriHostNameType.Unknown) yield return "Email:Smtp:Host must be the name of the mail server.";
        if (smtp.Port is < 1 or > 65535) yield return "Email:Smtp:Port must be between 1 and 65535.";
        if (smtp.Username.Length > 0 != smtp.Password.Length > 0)
            yield return "Email:Smtp:Username and Email:Smtp:Password must be set together.";
        if (smtp is { StartTls: false, Username.Length: > 0, IsLocal: false, Port: not SmtpOptions.ImplicitTlsPort })
        {
            yield return "Email:Smtp:StartTls must be true where Email:Smtp:Username is set: the password would travel in clear.";
        }

        if (smtp.Timeout < TimeSpan.FromSeconds(1) || smtp.Timeout > LongestTimeout)
            yield return "Email:Smtp:Timeout must be between 00:00:01 and 00:00:40.";
    }
}
