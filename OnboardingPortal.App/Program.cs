using OnboardingPortal.App.Sandbox;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSandbox(builder.Configuration);
var app = builder.Build();
app.MapStaticAssets();
app.MapSandbox();
app.Run();
