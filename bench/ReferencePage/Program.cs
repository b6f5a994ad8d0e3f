using MudBlazor.Services;
using ReferencePage;
using ReferencePage.Components;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMudServices();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddSingleton<Requests>();

var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.MapPost("/change", (Requests requests) => requests.Expire());
app.Run();
