using System.Collections.Frozen;
using OnboardingPortal.Core.Matching.Cells;

namespace OnboardingPortal.Core.Matching;

/// <summary>
/// How fields are called that hold something of a person: in English, German, French, Spanish, Italian and Dutch, at the platforms, and in
/// the columns of audiences.
/// </summary>
internal static class FieldWords
{
    /// <summary>A whole date of birth: three keys in one field.</summary>
    private const string Dates =
        "birthday birthdate dateofbirth dob geburtstag geburtsdatum gebdatum gebdat geboren datedenaissance anniversaire "
        + "fechadenacimiento cumpleanos datadinascita compleanno geboortedatum verjaardag";

    /// <summary>Words that say nothing of what is in the field.</summary>
    private static readonly FrozenSet<string> Fillers = new[]
    {
        "merge", "fields", "field", "feld", "properties", "property", "custom", "c", "1", "mailing", "home", "private", "privat",
        "personal", "personliche", "person", "customer", "client", "kunde", "kunden", "cliente", "klant", "contact", "kontakt", "lead",
        "member", "your", "ihr", "ihre", "dein", "deine", "votre", "su", "tu", "uw", "my", "mein", "meine", "main", "primary", "haupt",
        "principal", "please", "enter", "bitte", "what", "is", "wie", "lautet", "the", "address", "adresse", "anschrift", "direccion",
        "indirizzo", "adres", "billing", "rechnung", "rechnungs",
    }.ToFrozenSet();

    /// <summary>Words of a second address or number, which is taken when there is no better one.</summary>
    private static readonly FrozenSet<string> Seconds = new[]
    {
        "work", "business", "office", "geschaftlich", "dienstlich", "professionnel", "trabajo", "lavoro", "werk", "other", "secondary",
        "second", "2",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Mobiles = Split(
        "mobile mobilephone mobilenumber mobilephonenumber mobil mobilnummer mobiltelefon mobilfunk handy handynummer handynr cell "
        + "cellphone cellphonenumber sms smsphone smsphonenumber whatsapp whatsappnumber portable telephoneportable movil telefonomovil "
        + "celular cellulare mobiel mobielnummer mobielenummer gsm").ToFrozenSet();

    private static readonly FrozenDictionary<string, MatchKey> Phrases = new (MatchKey Key, string Words)[]
    {
        (MatchKey.Email, "email emailaddress mail mailaddress emailadresse mailadresse emailid correo correoelectronico courriel "
            + "adresseemail adressemail adresseelectronique direcciondecorreo direcciondecorreoelectronico posta postaelettronica "
            + "indirizzoemail emailadres em"),
        (MatchKey.Phone, "phone phonenumber telephone telephonenumber tel telnr telno telefon telefonnummer telefonnr rufnummer "
            + "numerodetelephone telefono numerodetelefono numeroditelefono telefoon telefoonnummer ph"),
        (MatchKey.FirstName, "firstname fname first givenname forename vorname rufname prenom nombre primernombre nombredepila nome "
            + "voornaam fn"),
        (MatchKey.LastName, "lastname lname last surname familyname nachname familienname zuname nom nomdefamille apellido apellidos "
            + "primerapellido cognome achternaam familienaam ln"),
        (MatchKey.City, "city town locality ort stadt wohnort ville ciudad localidad poblacion citta comune stad plaats woonplaats "
            + "gemeente ct"),
        (MatchKey.State, "state province region stateprovince stateregion stateorprovince statecode bundesland kanton canton departement "
            + "provincia estado regione provincie st"),
        (MatchKey.PostalCode, "zip zipcode postalcode postcode postal plz postleitzahl codepostal codigopostal cp cap zippostalcode "
            + "zippostcode"),
        (MatchKey.Country, "country countrycode countryregion nation land staat pays pais paese nazione landcode landerkurzel"),
        (MatchKey.Gender, "gender sex geschlecht anrede salutation sexe genre civilite sexo genero sesso genere geslacht aanhef gen"),
        (MatchKey.BirthYear, "birthyear yearofbirth geburtsjahr anneedenaissance anodenacimiento annodinascita geboortejaar doby"),
        (MatchKey.BirthMonth, "birthmonth monthofbirth geburtsmonat moisdenaissance mesdenacimiento mesedinascita geboortemaand dobm"),
        (MatchKey.BirthDay, "dayofbirth geburtstagtag jourdenaissance diadenacimiento giornodinascita geboortedag dobd"),
    }.SelectMany(line => Split(line.Words).Select(word => (word, line.Key))).ToFrozenDictionary(pair => pair.word, pair => pair.Key);

    private static readonly FrozenSet<string> DateWords = Split(Dates).ToFrozenSet();

    /// <summary>A name that says nothing.</summary>
    public static (IReadOnlyList<MatchKey> Keys, double Sureness) Nothing { get; } = ([], 0);

    /// <summary>What a field's name says.</summary>
    /// <returns>
    /// The keys that it may stand for, three for a date, none when the name says nothing; and how sure that is, from 0 to 1.
    /// </returns>
    public static (IReadOnlyList<MatchKey> Keys, double Sureness) Read(string name)
    {
        var words = Words(name);
        foreach (var (kept, sureness) in new (IEnumerable<string> Kept, double Sureness)[]
        {
            (words, 1.0),
            (words.Where(word => !Fillers.Contains(word)), 0.95),
            (words.Where(word => !Fillers.Contains(word) && !Seconds.Contains(word)), 0.5),
        })
        {
            var phrase = string.Concat(kept);
            if (Mobiles.Contains(phrase)) return ([MatchKey.Phone], sureness);
            if (Phrases.TryGetValue(phrase, out var key)) return ([key], key == MatchKey.Phone ? sureness * 0.9 : sureness);
            if (DateWords.Contains(phrase)) return ([MatchKey.BirthYear, MatchKey.BirthMonth, MatchKey.BirthDay], sureness * 0.9);
        }

        return Nothing;
    }

    /// <summary>Whether a field is called just Name, as last names are in a list that has first names as well.</summary>
    public static bool IsName(string name) => string.Concat(Words(name).Where(word => !Fillers.Contains(word))) is "name" or "naam";

    /// <summary>The words of a name, also of <c>MailingPostalCode</c> and <c>merge_fields.ADDRESS.city</c>.</summary>
    private static List<string> Words(string name)
    {
        List<string> words = [];
        for (int from = 0, i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i - 1]) == char.IsLetterOrDigit(name[i])
                && !(char.IsLower(name[i - 1]) && char.IsUpper(name[i])) && char.IsDigit(name[i - 1]) == char.IsDigit(name[i])) continue;
            if (CellText.Key(name[from..i]) is { Length: > 0 } word) words.Add(word);
            from = i;
        }

        return words;
    }

    private static string[] Split(string words) => words.Split(' ');
}
