using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>Waits for live pages.</summary>
internal static class LivePages
{
    extension(IPage page)
    {
        /// <summary>Waits until the page is drawn by its circuit: what is pressed while it is drawn anew is pressed on neither.</summary>
        public Task LiveAsync() => page.WaitForFunctionAsync("() => 'live' in document.documentElement.dataset");
    }
}
