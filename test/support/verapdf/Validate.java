import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates a file against each flavour that is named (3a, ua1): one line each, then a line for some of the rules that it breaks. */
public class Validate {
  private static final int SHOWN_PER_RULE = 3;

  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int index = 1; index < args.length; index++) {
      PDFAFlavour flavour = PDFAFlavour.fromString(args[index]);
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(args[0]), flavour);
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(flavour, SHOWN_PER_RULE, false, false, false)) {
        ValidationResult result = validator.validate(parser);
        System.out.println(
            "\nRESULT\t" + args[index] + "\t" + result.isCompliant() + "\t" + result.getTotalAssertions());
        for (TestAssertion broken : result.getTestAssertions()) {
          System.out.println(
              "BROKEN\t" + args[index] + "\t" + broken.getRuleId().getClause() + "-"
                  + broken.getRuleId().getTestNumber() + "\t" + broken.getMessage() + "\t"
                  + broken.getLocation().getContext());
        }
      }
    }
  }
}
