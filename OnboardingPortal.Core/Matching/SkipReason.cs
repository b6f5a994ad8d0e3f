namespace OnboardingPortal.Core.Matching;

/// <summary>Why a cell or a person is left out. Stored by name.</summary>
public enum SkipReason
{
    /// <summary>Nothing is left of a cell once it is normalised.</summary>
    NothingLeft,

    /// <summary>No e-mail address.</summary>
    NoAddress,

    /// <summary>No telephone number, or one without a country.</summary>
    NoPhone,

    /// <summary>No country of that name.</summary>
    NoCountry,

    /// <summary>No postal code.</summary>
    NoPostalCode,

    /// <summary>No date or part of one.</summary>
    NoDate,

    /// <summary>Neither of the genders that can be sent.</summary>
    NoGender,

    /// <summary>A formula's error, e.g. <c>#N/A</c>.</summary>
    FormulaError,

    /// <summary>A person without any value to be found by.</summary>
    NobodyToFind,

    /// <summary>A person who is in the list already under another row.</summary>
    Duplicate,
}
