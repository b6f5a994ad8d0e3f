using OnboardingPortal.App.Features.Wizard;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>Browsers that are part of another app are known by what they call themselves.</summary>
public sealed class InAppBrowserTests
{
    private const string Apple = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string Kit = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string Android =
        $"Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) {Kit} Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36";

    [Theory]
    [InlineData(Apple + " Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.44.107;FBBV/1]")]
    [InlineData(Android + " [FB_IAB/FB4A;FBAV/490.0.0.44;]")]
    [InlineData(Apple + " Mobile/15E148 Instagram 360.0.0.30.109 (iPhone15,2; iOS 18_1)")]
    [InlineData(Apple + " Mobile/15E148 [LinkedInApp]/9.30.4420")]
    [InlineData(Apple + " Mobile/22B83 Safari/604.1 [FBAN/MessengerForiOS;FBAV/480.0]")]
    [InlineData(Apple + " Mobile/22B83 musical_ly_36.0.0 BytedanceWebview/d8a21c6")]
    [InlineData(Apple + " Mobile/22B83 MicroMessenger/8.0.50")]
    [InlineData(Apple + " Mobile/22B83 Line/14.19.0")]
    [InlineData(Apple + " Mobile/22B83")]
    [InlineData(Android)]
    public void A_browser_within_another_app_is_one(string userAgent) => Assert.True(InAppBrowser.Is(userAgent));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Apple + " Version/18.1 Mobile/15E148 Safari/604.1")]
    [InlineData(Apple + " CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1")]
    [InlineData(Apple + " FxiOS/133.0 Mobile/15E148 Safari/605.1.15")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36")]
    [InlineData($"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {Kit} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0")]
    public void A_browser_of_its_own_is_none(string? userAgent) => Assert.False(InAppBrowser.Is(userAgent));
}
