using OnboardingPortal.App.Hosting;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Sandbox;
using OnboardingPortal.Sandbox.Demo;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddPortalDefaults(builder.Environment);
builder.Services.AddPortalCore().AddPortalJobs(builder.Configuration);
builder.Services.AddPortalSecurity();
builder.Services.AddPortalUi();
builder.Services.AddSandbox(builder.Configuration);
builder.Services.AddDemo();

var app = builder.Build();
app.UsePortal();
app.MapPortal();
app.MapSandbox();

await PortalDatabase.MigrateAsync(app.Services.GetRequiredService<PortalDbContextFactory>(), CancellationToken.None);
await app.Services.GetRequiredService<KeyRing>().OpenAsync(CancellationToken.None);
await app.Services.GetRequiredService<FirstStart>().PrepareAsync(CancellationToken.None);
await app.RunAsync();
