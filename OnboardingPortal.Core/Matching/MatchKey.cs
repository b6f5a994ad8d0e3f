namespace OnboardingPortal.Core.Matching;

/// <summary>What an advertising platform finds a person by. Stored by name; the order is that of the columns that are sent.</summary>
public enum MatchKey
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A first name.</summary>
    FirstName,

    /// <summary>A last name.</summary>
    LastName,

    /// <summary>A city.</summary>
    City,

    /// <summary>A state, province or region.</summary>
    State,

    /// <summary>A postal code.</summary>
    PostalCode,

    /// <summary>A country.</summary>
    Country,

    /// <summary>A gender.</summary>
    Gender,

    /// <summary>The year of birth.</summary>
    BirthYear,

    /// <summary>The month of birth.</summary>
    BirthMonth,

    /// <summary>The day of the month of birth.</summary>
    BirthDay,
}
