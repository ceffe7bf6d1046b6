namespace Hookswitch.Notifications;

/// <summary>Where notifications go. Taken apart once: a call has many.</summary>
internal sealed class CallbackAddress
{
    public CallbackAddress(string text)
    {
        Text = text;
        Uri = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;
        Host = uri?.GetLeftPart(UriPartial.Authority) ?? text;
    }

    public string Text { get; }

    /// <summary>Null: the text is no address.</summary>
    public Uri? Uri { get; }

    /// <summary>Scheme, host and port: what is slow or gone as one.</summary>
    public string Host { get; }
}
