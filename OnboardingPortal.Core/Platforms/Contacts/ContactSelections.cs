namespace OnboardingPortal.Core.Platforms.Contacts;

/// <summary>What sources ask of a <see cref="ContactSelection"/>.</summary>
internal static class ContactSelections
{
    extension(ContactSelection selection)
    {
        /// <summary>The fields that a list no longer has, where their keys stay what they are when they are renamed; null when none is
        /// gone.</summary>
        /// <param name="fields">The list's fields now.</param>
        public ContactFieldsGone? FieldsGoneFrom(IReadOnlyList<ContactField> fields)
        {
            var keys = fields.Select(f => f.Key).ToHashSet();
            var gone = selection.Fields.Where(f => !keys.Contains(f.Key)).Select(f => f.Name).ToList();
            return gone.Count > 0 ? new ContactFieldsGone(gone, AreRenamed: false) : null;
        }
    }
}
