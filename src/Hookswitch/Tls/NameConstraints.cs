using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Hookswitch.Tls;

/// <summary>Says for which names alone a CA can issue certificates, so that trusting it trusts nothing else. RFC 5280, 4.2.1.10.</summary>
internal static class NameConstraints
{
    private const string ObjectId = "2.5.29.30";

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IPAddressName = new(TagClass.ContextSpecific, 7);

    public static X509Extension Permit(IEnumerable<string> names, IEnumerable<IPAddress> addresses)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            foreach (var name in names)
            {
                using (writer.PushSequence())
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
                }
            }

            foreach (var bytes in addresses.Select(address => address.GetAddressBytes()))
            {
                using (writer.PushSequence())
                {
                    byte[] network = [.. bytes, .. Enumerable.Repeat(byte.MaxValue, bytes.Length)]; // the address, and the mask of this one alone
                    writer.WriteOctetString(network, IPAddressName);
                }
            }
        }

        return new X509Extension(ObjectId, writer.Encode(), critical: true);
    }
}
