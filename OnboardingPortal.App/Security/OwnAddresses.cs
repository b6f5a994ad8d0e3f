namespace OnboardingPortal.App.Security;

/// <summary>Whole addresses of the host that a browser came to.</summary>
internal static class OwnAddresses
{
    extension(HttpContext context)
    {
        /// <summary>A path of that host as a whole address.</summary>
        public string OwnAddress(string path) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{path}";
    }
}
