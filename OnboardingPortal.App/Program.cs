using OnboardingPortal.App.Features.Account;
using OnboardingPortal.App.Hosting;
using OnboardingPortal.App.Hosting.Telemetry;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Secrets;
using OnboardingPortal.Core.Webhooks;
using OnboardingPortal.Mails;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Demo;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddPortalDefaults(builder.Environment);
builder.AddTelemetry();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3)); // after the pages had as much
builder.Services.AddPortalCore().AddMails().AddPortalJobs(builder.Configuration);
builder.Services.AddPortalSecurity();
builder.Services.AddPortalUi();
builder.Services.AddSandbox(builder.Configuration);
builder.Services.AddDemo();

var app = builder.Build();
try
{
    app.UsePortal();
    app.MapPortal();
    app.MapSandbox();
    app.Services.GetRequiredService<DataDirectory>().Open(app.Logger);
    await PortalDatabase.MigrateAsync(app.Services.GetRequiredService<PortalDbContextFactory>(), isAlone: true, CancellationToken.None);
    await app.Services.GetRequiredService<KeyRing>().OpenAsync(CancellationToken.None);
    await app.Services.GetRequiredService<AuditUpgrade>().CompleteAsync(CancellationToken.None);
    await app.Services.GetRequiredService<DefaultMessageUpgrade>().CompleteAsync(
        SetupPage.DefaultMessageIn("en"), SetupPage.DefaultMessageIn("de"), CancellationToken.None);
    await app.Services.GetRequiredService<LogoUpgrade>().CompleteAsync(CancellationToken.None);
    await app.Services.GetRequiredService<WebhookSecrets>().BindAsync(CancellationToken.None);
    await app.Services.GetRequiredService<FirstStart>().PrepareAsync(CancellationToken.None);
    await app.StartAsync();
}
catch (Exception exception) when (StartTrouble.SentenceFor(exception) is { } sentence)
{
    StartTrouble.Log(app.Logger, sentence);
    await app.DisposeAsync(); // what was logged reaches its place
    return 1;
}

await app.WaitForShutdownAsync();
await app.DisposeAsync();
return 0;
