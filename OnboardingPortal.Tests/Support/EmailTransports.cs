using Microsoft.Extensions.Options;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Tests.Support;

/// <summary>The transports as the portal registers them, with real connections.</summary>
public sealed class EmailTransports : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EmailTransports(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"Email:{s.Name}", s.Value))).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddOptions<EmailOptions>().BindConfiguration(EmailOptions.Section);
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
        services.AddEmailTransports();
        _services = services.BuildServiceProvider();
    }

    public FakeTime Clock { get; } = new();

    public RecordingLogs Logs { get; } = new();

    public IEmailTransport Transport => _services.GetRequiredService<IEmailTransport>();

    /// <summary>A mail that says nothing special.</summary>
    public static OutgoingEmail AMail(string to = "client@bakery.example", string subject = "Onboarding Request") => new(
        EmailMessageId.From(123), "123@portal.example", "Brightside Agency", "onboarding@portal.example", to,
        new EmailContent(subject, "<p>Hi</p>", "Hi"));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Logs.Dispose();
    }
}
