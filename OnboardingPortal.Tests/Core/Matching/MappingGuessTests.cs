using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Tests.Core.Matching;

public sealed class MappingGuessTests
{
    [Fact]
    public void Mailchimps_merge_fields_and_the_parts_of_an_address_are_known() => Assert.Equal(
        "email_address=Email merge_fields.PHONE=Phone merge_fields.FNAME=FirstName merge_fields.LNAME=LastName "
        + "merge_fields.ADDRESS.city=City merge_fields.ADDRESS.state=State merge_fields.ADDRESS.zip=PostalCode "
        + "merge_fields.ADDRESS.country=Country merge_fields.BIRTHDAY=BirthMonth merge_fields.BIRTHDAY=BirthDay",
        Guess(
            [
                "email_address", "merge_fields.FNAME|First Name", "merge_fields.LNAME|Last Name", "merge_fields.ADDRESS.addr1|Address",
                "merge_fields.ADDRESS.city", "merge_fields.ADDRESS.state", "merge_fields.ADDRESS.zip", "merge_fields.ADDRESS.country",
                "merge_fields.PHONE|Phone Number", "merge_fields.BIRTHDAY|Birthday", "status", "ip_signup", "location.country_code",
            ],
            [
                "mary@example.com", "Mary", "Doe", "1 Main St", "Boston", "MA", "02110", "US", "617-555-0123", "03/07", "subscribed",
                "192.0.2.1", "US",
            ],
            [
                "jo@example.org", "Jo", "Roe", "", "Boston", "MA", "02111", "US", "617-555-0124", "12/24", "subscribed", "192.0.2.2", "US",
            ]));

    [Fact]
    public void HubSpots_properties_are_known_and_those_of_the_system_are_left() => Assert.Equal(
        "email=Email mobilephone=Phone firstname=FirstName lastname=LastName city=City state=State zip=PostalCode country=Country "
        + "gender=Gender date_of_birth=BirthYear date_of_birth=BirthMonth date_of_birth=BirthDay",
        Guess(
            [
                "hs_object_id|Record ID", "email|Email", "hs_email_domain|Email Domain", "work_email|Work email", "firstname|First Name",
                "lastname|Last Name", "phone|Phone Number", "mobilephone|Mobile Phone Number", "city|City", "state|State/Region",
                "zip|Postal Code",
                "country|Country/Region", "gender|Gender", "date_of_birth|Date of birth", "company|Company Name", "ip_city|IP City",
                "hubspot_owner_id|Contact owner", "hs_email_optout|Unsubscribed from all email",
            ]));

    [Fact]
    public void Salesforces_contacts_are_known_by_their_mailing_address() => Assert.Equal(
        "Email=Email MobilePhone=Phone FirstName=FirstName LastName=LastName MailingCity=City MailingState=State "
        + "MailingPostalCode=PostalCode MailingCountry=Country Birthdate=BirthYear Birthdate=BirthMonth Birthdate=BirthDay",
        Guess(
            [
                "Id", "AccountId", "LastName", "FirstName", "OtherCity", "MailingStreet", "MailingCity", "MailingState",
                "MailingPostalCode", "MailingCountry", "Phone", "Fax", "MobilePhone", "HomePhone", "AssistantPhone", "Email", "Title",
                "Birthdate", "OwnerId", "HasOptedOutOfEmail", "LastActivityDate", "CreatedDate",
            ]));

    [Fact]
    public void ActiveCampaigns_fields_are_known() => Assert.Equal(
        "email=Email phone=Phone firstName=FirstName lastName=LastName field.3=PostalCode",
        Guess(["id", "email", "phone", "firstName", "lastName", "orgname", "field.3|PLZ", "field.4|Interests"]));

    [Fact]
    public void Google_Ads_lead_forms_are_known_and_a_full_name_is_not_torn_apart() => Assert.Equal(
        "EMAIL=Email PHONE_NUMBER=Phone CITY=City REGION=State POSTAL_CODE=PostalCode COUNTRY=Country",
        Guess(
            [
                "FULL_NAME", "EMAIL", "PHONE_NUMBER", "POSTAL_CODE", "CITY", "REGION", "COUNTRY", "WORK_EMAIL", "WORK_PHONE", "COMPANY_NAME",
                "JOB_TITLE",
            ]));

    [Theory]
    [InlineData("E-Mail-Adresse|Handy-Nr.|Vorname|Nachname|Wohnort|Bundesland|PLZ|Land|Anrede|Geburtsdatum|Kundennummer")]
    [InlineData("Adresse e-mail|Téléphone portable|Prénom|Nom de famille|Ville|Région|Code postal|Pays|Civilité|Date de naissance|Société")]
    [InlineData("Correo electrónico|Móvil|Nombre|Apellidos|Ciudad|Provincia|Código postal|País|Género|Fecha de nacimiento|Empresa")]
    [InlineData("Indirizzo email|Cellulare|Nome|Cognome|Città|Provincia|CAP|Paese|Sesso|Data di nascita|Azienda")]
    [InlineData("E-mailadres|Mobiel nummer|Voornaam|Achternaam|Woonplaats|Provincie|Postcode|Land|Geslacht|Geboortedatum|Bedrijf")]
    [InlineData("Email Address|Mobile number|First name|Surname|Town|State|Postcode|Country|Gender|Date of birth|Order ID")]
    public void A_sheets_header_is_understood_in_six_languages(string header)
    {
        var names = header.Split('|');
        MatchKey[] keys =
        [
            MatchKey.Email, MatchKey.Phone, MatchKey.FirstName, MatchKey.LastName, MatchKey.City, MatchKey.State, MatchKey.PostalCode,
            MatchKey.Country, MatchKey.Gender, MatchKey.BirthYear,
        ];

        var guess = MappingGuess.Of([.. names.Select((name, i) => new FieldName(((char)('A' + i)).ToString(), name))], []);

        Assert.Equal([.. keys, MatchKey.BirthMonth, MatchKey.BirthDay], guess.Select(column => column.Key));
        Assert.Equal([.. Enumerable.Range(0, 10), 9, 9], guess.Select(column => column.Field));
    }

    [Fact]
    public void A_name_is_not_believed_when_the_values_say_otherwise() => Assert.Equal(
        "",
        Guess(["Email", "PLZ", "Land", "Vorname"], ["yes", "Berlin", "Bayern", "Mary Doe"], ["no", "Bonn", "Hessen", "Jo Roe"]));

    [Fact]
    public void Name_beside_a_first_name_is_the_last_name_if_the_values_are_single_words()
    {
        Assert.Equal("Vorname=FirstName Name=LastName", Guess(["Vorname", "Name"], ["Mary", "Doe"], ["Jo", "Roe"]));
        Assert.Equal("Vorname=FirstName", Guess(["Vorname", "Name"], ["Mary", "Mary Doe"], ["Jo", "Jo Roe"]));
        Assert.Equal("", Guess(["Name"], ["Doe"], ["Roe"]));
    }

    [Fact]
    public void Addresses_and_numbers_are_found_by_what_they_look_like_when_the_name_says_nothing() => Assert.Equal(
        "Spalte 2=Email Spalte 1=Phone",
        Guess(
            ["Spalte 1", "Spalte 2", "Spalte 3"], ["+49 170 1234567", "mary@example.com", "x"], ["+41 44 668 18 00", "jo@example.org", "y"]));

    [Fact]
    public void The_address_of_the_one_who_looks_after_all_of_them_is_not_taken_for_theirs() => Assert.Equal(
        "", Guess(["Betreut von"], ["sales@agency.example"], ["sales@agency.example"], ["sales@agency.example"]));

    [Fact]
    public void The_number_that_more_people_have_is_taken() => Assert.Equal(
        "Phone=Phone",
        Guess(["Mobile", "Phone"], ["", "030 1234567"], ["", "030 1234568"], ["", "030 1234569"], ["0170 1234567", "030 1234560"]));

    [Fact]
    public void An_id_is_never_guessed_because_it_leaves_unhashed() =>
        Assert.Equal("", Guess(["extern_id", "Customer ID", "id"], ["1", "2", "3"]));

    /// <summary>Fields as <c>key|name</c> or by one word for both, and rows; the guess as <c>key=what</c>.</summary>
    private static string Guess(string[] fields, params string?[][] rows)
    {
        FieldName[] names = [.. fields.Select(field => field.Split('|')).Select(parts => new FieldName(parts[0], parts[^1]))];
        return string.Join(' ', MappingGuess.Of(names, rows).Select(column => $"{names[column.Field].Key}={column.Key}"));
    }
}
