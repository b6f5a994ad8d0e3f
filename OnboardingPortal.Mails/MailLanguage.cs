using System.Globalization;

namespace OnboardingPortal.Mails;

/// <summary>Speaks a mail's language, whatever the language of whoever asks for it.</summary>
internal static class MailLanguage
{
    /// <summary>Runs something in a language. An asynchronous method keeps it to its end, the caller never gets it.</summary>
    public static T In<T>(string language, Func<T> write)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = words;
        }
    }
}
